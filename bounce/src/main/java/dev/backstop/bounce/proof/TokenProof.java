package dev.backstop.bounce.proof;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.tag.HeaderToken;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.bounce.tag.TokenCheck;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.Header;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the returned header carries our token ({@link HeaderToken}).
 *
 * <p>It proves that we sent this Message-ID from this address not long ago. It does not say to
 * whom; so it counts in full only when the returned To or Cc names somebody for whom the answer
 * speaks, and the answer goes to who sent the message. A wrong token says nothing: a server may
 * have changed the Message-ID. Immutable, safe for all threads; at most 32 tokens are computed for
 * a message.
 */
public final class TokenProof {
  private static final int MAX_FIELDS = 4;
  private static final int MAX_SENDERS = 8;

  private final HeaderToken token;

  public TokenProof(HeaderToken token) {
    this.token = token;
  }

  /** A token that holds. */
  private record Held(Mailbox sender, int daysLeft) {}

  /**
   * The finding about one message.
   *
   * @param answered its recipients of ours, with or without tag
   */
  public Evidence of(AutomaticMail reading, Collection<Mailbox> answered, Instant now) {
    Header returned = reading.returned().header();
    List<String> tokens =
        returned == null
            ? List.of()
            : returned.texts(HeaderToken.FIELD).stream().limit(MAX_FIELDS).toList();
    String messageId = reading.returned().messageId();
    if (returned == null || tokens.isEmpty() || messageId == null) {
      return none("no token of ours came back with the Message-ID that it is for");
    }
    Set<Mailbox> ours = new LinkedHashSet<>();
    answered.forEach(recipient -> add(ours, recipient));
    Set<Mailbox> senders = new LinkedHashSet<>(ours);
    NamedAddress.parse(returned.textOrEmpty("From"))
        .forEach(from -> add(senders, parsed(from.address())));
    add(senders, parsed(returned.text("Return-Path")));
    boolean expired = false;
    for (Mailbox sender : senders) {
      for (String value : tokens) {
        switch (token.verify(value, sender, messageId, now)) {
          case TokenCheck.Valid valid -> {
            return judge(new Held(sender, valid.daysLeft()), ours, reading, returned);
          }
          case TokenCheck.Expired _ -> expired = true;
          case TokenCheck.Invalid _ -> {}
        }
      }
    }
    return none(
        expired
            ? "the token in the returned header was ours but has expired"
            : "the token in the returned header is not ours for this sender and Message-ID");
  }

  private static Evidence judge(
      Held held, Set<Mailbox> answered, AutomaticMail reading, Header returned) {
    String whose = "the returned header carries our token for its Message-ID";
    if (!answered.contains(held.sender())) {
      return Evidence.likely(Proof.TOKEN, whose + ", but the answer goes to somebody else of ours");
    }
    Optional<Mailbox> to = Respondents.of(reading).addresseeIn(returned);
    return to.map(addressee -> Evidence.proven(Proof.TOKEN, whose + " and names " + addressee))
        .orElseGet(
            () -> Evidence.likely(Proof.TOKEN, whose + ", but nobody for whom this answer speaks"));
  }

  private static void add(Set<Mailbox> senders, @Nullable Mailbox address) {
    if (address != null && senders.size() < MAX_SENDERS) {
      Mailbox tagless = TaggedAddress.read(address).plainOrNull();
      Mailbox plain = tagless == null ? address : tagless;
      senders.add(plain.withLocalPart(plain.localPart().toLowerCase(Locale.ROOT)));
    }
  }

  private static @Nullable Mailbox parsed(@Nullable String address) {
    try {
      return address == null ? null : Mailbox.parse(address);
    } catch (AddressSyntaxException _) {
      return null;
    }
  }

  private static Evidence none(String detail) {
    return Evidence.none(Proof.TOKEN, detail);
  }
}
