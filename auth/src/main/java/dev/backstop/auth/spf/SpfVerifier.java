package dev.backstop.auth.spf;

import dev.backstop.auth.spf.SpfOutcome.Step;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether a host may use a name (RFC 7208). Nothing that a peer or a name server says makes
 * it throw. Immutable, safe for all threads; a check blocks as long as the resolver does.
 */
public final class SpfVerifier {
  private static final String POSTMASTER = "postmaster";
  private static final int MAX_REASON = 500;

  private final String receiver;
  private final InstantSource clock;
  private final SpfLimits limits;

  /**
   * @param receiver name of the host that checks, for explanations; {@code unknown} when it should
   *     not be told (RFC 7208 §7.3)
   * @param clock for explanations
   */
  public SpfVerifier(String receiver, InstantSource clock, SpfLimits limits) {
    this.receiver = receiver;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Checks the sender of a message. For the null sender that is {@code postmaster} at the name of
   * HELO (RFC 7208 §2.4), so that bounces can be checked too.
   *
   * @param resolver asked for this check only; one that has used up its budget gives {@code
   *     temperror}
   * @param helo as the client said it, anything; empty when it said none
   */
  public SpfOutcome verifyMailFrom(
      Resolver resolver, InetAddress client, String helo, ReversePath sender) {
    return switch (sender) {
      case Mailbox mailbox -> {
        String local = unquoted(mailbox.localPart());
        // §4.3: a sender without a local part
        String localPart = local.isEmpty() ? POSTMASTER : local;
        yield verify(
            resolver, client, helo, SpfIdentity.MAIL_FROM, localPart, mailbox.domain(), "sender");
      }
      case NullReversePath _ ->
          verify(resolver, client, helo, SpfIdentity.MAIL_FROM, POSTMASTER, helo, "HELO");
    };
  }

  /**
   * Checks the name that the client said in HELO or EHLO (RFC 7208 §2.3).
   *
   * @param helo anything
   */
  public SpfOutcome verifyHelo(Resolver resolver, InetAddress client, String helo) {
    return verify(resolver, client, helo, SpfIdentity.HELO, POSTMASTER, helo, "HELO");
  }

  /** Quoting is no part of the name of a mailbox (RFC 5321 §4.1.2). */
  private static String unquoted(String localPart) {
    int last = localPart.length() - 1;
    if (last < 1 || localPart.charAt(0) != '"' || localPart.charAt(last) != '"') {
      return localPart;
    }
    var plain = new StringBuilder(last);
    for (int i = 1; i < last; i++) {
      if (localPart.charAt(i) == '\\' && i + 1 < last) {
        i++;
      }
      plain.append(localPart.charAt(i));
    }
    return plain.toString();
  }

  private SpfOutcome verify(
      Resolver resolver,
      InetAddress client,
      String helo,
      SpfIdentity identity,
      String localPart,
      String written,
      String where) {
    String noDomain = whyNoDomain(written);
    if (!noDomain.isEmpty()) {
      return unchecked(identity, where + " is " + noDomain);
    }
    DnsName domain = DnsName.parse(written).orElse(null);
    if (domain == null || !isHostName(domain)) {
      return unchecked(identity, where + " is no domain name");
    }
    var subject = new Subject(NetworkText.unmapped(client), helo, localPart, domain);
    return verify(resolver, identity, subject);
  }

  /** A plain reason for what is meant to be no domain (§4.3); empty when it may be one. */
  private static String whyNoDomain(String written) {
    if (written.isEmpty()) {
      return "missing";
    }
    int end = written.endsWith(".") ? written.length() - 1 : written.length();
    int dot = written.lastIndexOf('.', end - 1);
    boolean numeric = dot + 1 < end;
    for (int i = dot + 1; i < end; i++) {
      numeric &= written.charAt(i) >= '0' && written.charAt(i) <= '9';
    }
    return numeric || written.startsWith("[") ? "an address, no domain name" : "";
  }

  /** Letters, digits and hyphens (RFC 1123 §2.1), and the underscore that Windows hosts say. */
  private static boolean isHostName(DnsName name) {
    for (int i = 0; i < name.text().length(); i++) {
      char c = name.text().charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }

  private static SpfOutcome unchecked(SpfIdentity identity, String reason) {
    return new SpfOutcome(SpfResult.NONE, identity, Optional.empty(), List.of(), "", reason, 0, 0);
  }

  private SpfOutcome verify(Resolver resolver, SpfIdentity identity, Subject subject) {
    InetAddress client = subject.client();
    var questions = new Questions(resolver, client, limits);
    var names = new ClientNames(questions, client, limits.ptrNames());
    var expansion = new Expansion(subject, names, receiver, clock);
    Finding finding =
        new Evaluation(client, questions, names, expansion, limits).checkHost(subject.domain());
    String reason = finding.reason().isEmpty() ? reason(finding, client) : finding.reason();
    SpfResult result = finding.result();
    if (result == SpfResult.FAIL && names.unanswered()) {
      // Deliberately milder than §5.5, which goes on as if the client had no names: a name server
      // that is down must not make a host that may send look like a forger. Who breaks the zone of
      // his own address gets temperror where he would get fail.
      result = SpfResult.TEMPERROR;
      reason = "the names of " + IpLiteral.render(client) + " could not be found out; " + reason;
    }
    String explanation =
        result == SpfResult.FAIL
            ? new Explainer(questions, expansion).explain(finding, subject)
            : "";
    return new SpfOutcome(
        result,
        identity,
        Optional.of(subject.domain()),
        finding.path(),
        explanation,
        Printable.text(reason, MAX_REASON),
        questions.lookups(),
        questions.voidLookups());
  }

  private static String reason(Finding finding, InetAddress client) {
    Step last = finding.path().getLast();
    String where = " in the record of " + last.domain();
    String address = IpLiteral.render(client);
    return last.term().isEmpty()
        ? "nothing" + where + " matches " + address
        : address + " matches " + last.term() + where;
  }
}
