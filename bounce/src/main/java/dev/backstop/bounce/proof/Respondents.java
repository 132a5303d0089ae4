package dev.backstop.bounce.proof;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.Header;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For whom an automatic message speaks: the recipients that it reports, and who answers. That it
 * says so is no proof; a proof compares it with whom we wrote to. Immutable.
 *
 * @param mailboxes in the order of the message, at most {@value #MAX_MAILBOXES}
 * @param hosts in lower case: the reporting server, and the domain of a {@code MAILER-DAEMON} or
 *     {@code postmaster} that answers. They speak for everybody in their domain
 */
public record Respondents(Set<Mailbox> mailboxes, Set<String> hosts) {
  /** More are not compared; a bounce reports one, hardly ever ten. */
  public static final int MAX_MAILBOXES = 32;

  private static final int MAX_ADDRESSEES = 200;

  public Respondents {
    mailboxes = Collections.unmodifiableSet(new LinkedHashSet<>(mailboxes));
    hosts = Set.copyOf(hosts);
  }

  /**
   * Those that the message names of itself: reported recipients, its From, its reporter; where a
   * mailing list's program answers, the other addresses of that list.
   */
  public static Respondents of(AutomaticMail reading) {
    return of(reading, List.of());
  }

  /**
   * The same with the To of the returned header, for a record of ours that tells to whom the
   * message went. Where the returned header itself is the proof it must not be its own witness.
   */
  public static Respondents withReturnedTo(AutomaticMail reading) {
    return of(reading, reading.returned().to());
  }

  private static Respondents of(AutomaticMail reading, List<String> returnedTo) {
    Set<Mailbox> mailboxes = new LinkedHashSet<>();
    for (ReportedRecipient reported : reading.recipients()) {
      add(mailboxes, reported.finalRecipient(), MAX_MAILBOXES - 1);
      add(mailboxes, reported.originalRecipient(), MAX_MAILBOXES - 1);
    }
    returnedTo.forEach(to -> add(mailboxes, to, MAX_MAILBOXES - 1));
    add(mailboxes, reading.from(), MAX_MAILBOXES); // however many it reports, it speaks for itself
    addList(mailboxes, reading);
    return new Respondents(mailboxes, hosts(reading));
  }

  /** One address of a list is written to, and another one answers. */
  private static void addList(Set<Mailbox> mailboxes, AutomaticMail reading) {
    Mailbox from = reading.form() == Form.LIST_NOTICE ? parsed(reading.from()) : null;
    if (from != null) {
      ListAddresses.of(from).stream()
          .limit(MAX_MAILBOXES - mailboxes.size())
          .forEach(mailboxes::add);
    }
  }

  private static Set<String> hosts(AutomaticMail reading) {
    Set<String> hosts = new LinkedHashSet<>();
    String mta = reading.reporter().mta();
    if (mta != null && mta.indexOf('.') > 0) {
      hosts.add(mta.toLowerCase(Locale.ROOT));
    }
    Mailbox from = parsed(reading.from());
    if (from != null && isMachine(from.localPart())) {
      hosts.add(from.domain());
    }
    return hosts;
  }

  private static boolean isMachine(String localPart) {
    return localPart.equalsIgnoreCase("mailer-daemon") || localPart.equalsIgnoreCase("postmaster");
  }

  private static void add(Set<Mailbox> mailboxes, @Nullable String address, int bound) {
    Mailbox mailbox = mailboxes.size() < bound ? parsed(address) : null;
    if (mailbox != null) {
      mailboxes.add(mailbox);
    }
  }

  private static @Nullable Mailbox parsed(@Nullable String address) {
    try {
      return address == null ? null : Mailbox.parse(address);
    } catch (AddressSyntaxException _) {
      return null; // not an address that we can have written to
    }
  }

  /** Whether the message speaks for that address; local parts are compared without case. */
  public boolean speakFor(Mailbox address) {
    for (Mailbox mailbox : mailboxes) {
      if (mailbox.domain().equals(address.domain())
          && mailbox.localPart().equalsIgnoreCase(address.localPart())) {
        return true;
      }
    }
    for (String host : hosts) {
      if (isWithin(host, address.domain())) {
        return true;
      }
    }
    return false;
  }

  /** Somebody in To or Cc for whom the message speaks; at most 200 addresses are compared. */
  Optional<Mailbox> addresseeIn(Header header) {
    return Stream.of("To", "Cc")
        .flatMap(name -> header.texts(name).stream())
        .flatMap(field -> NamedAddress.parse(field).stream())
        .limit(MAX_ADDRESSEES)
        .map(named -> parsed(named.address()))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .filter(this::speakFor)
        .findFirst();
  }

  /** The host is the domain or in it; a domain of one label has no hosts that count. */
  private static boolean isWithin(String host, String domain) {
    int before = host.length() - domain.length();
    return domain.indexOf('.') > 0
        && host.endsWith(domain)
        && (before == 0 || (before > 0 && host.charAt(before - 1) == '.'));
  }
}
