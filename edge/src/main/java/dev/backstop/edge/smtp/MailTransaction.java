package dev.backstop.edge.smtp;

import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.smtp.command.EnvelopeArgument;
import dev.backstop.edge.smtp.content.ContentReader;
import dev.backstop.edge.smtp.content.Letter;
import dev.backstop.edge.smtp.nexthop.Capabilities;
import dev.backstop.edge.smtp.nexthop.NextHops;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known between MAIL and the end of one message. For the session's thread. */
final class MailTransaction {
  final GatewayFilter filter;
  final Peer peer;
  final boolean trusted;
  final NextHops hops;

  /** For logs and the Received field. */
  final String id;

  private final ReversePath sender;
  private final Map<String, String> parameters;
  private final List<Recipient> recipients = new ArrayList<>(1);
  private final List<Mailbox> mailboxes = new ArrayList<>(1);

  /** The sender that the next hop was told. */
  private ReversePath told = NullReversePath.INSTANCE;

  /** The filter wants nothing to do with this message. */
  boolean passed;

  /** The next hop went away in the middle of the envelope. */
  boolean broken;

  /** The message, once it has begun. */
  @Nullable Letter letter;

  /** Reads it, while it comes in chunks. */
  @Nullable ContentReader chunks;

  /**
   * A recipient that the next hop took.
   *
   * @param given {@code null} for {@code <postmaster>} without a domain (RFC 5321 §4.5.1)
   * @param told as the next hop knows it; {@code null} likewise
   * @param parameters with a blank before them, or empty
   */
  record Recipient(@Nullable Mailbox given, @Nullable Mailbox told, String parameters) {
    String command() {
      return "RCPT TO:" + (told == null ? "<postmaster>" : told.toPath()) + parameters;
    }
  }

  MailTransaction(
      GatewayFilter filter,
      Peer peer,
      boolean trusted,
      NextHops hops,
      String id,
      ReversePath sender,
      EnvelopeArgument mail) {
    this.filter = filter;
    this.peer = peer;
    this.trusted = trusted;
    this.hops = hops;
    this.id = id;
    this.sender = sender;
    this.parameters = mail.parameters();
  }

  ReversePath sender() {
    return sender;
  }

  boolean isNull() {
    return sender == NullReversePath.INSTANCE;
  }

  boolean usesUtf8() {
    return parameters.containsKey("SMTPUTF8");
  }

  /** For a filter to look at during one call: later recipients show through. */
  Transaction view() {
    return new Transaction(peer, id, sender, Collections.unmodifiableList(mailboxes));
  }

  /** For the filter to keep. */
  Transaction whole() {
    return new Transaction(peer, id, sender, List.copyOf(mailboxes));
  }

  void add(Recipient recipient) {
    recipients.add(recipient);
    if (recipient.given() != null) {
      mailboxes.add(recipient.given());
    }
  }

  List<Recipient> recipients() {
    return recipients;
  }

  /** What is said to the next hop, with the sender as it will be known there. */
  NextHopLink.Wording mail(ReversePath senderThere) {
    return hop -> {
      told = senderThere;
      return "MAIL FROM:" + senderThere.toPath() + parameters(hop);
    };
  }

  private String parameters(Capabilities hop) throws CannotCarryException {
    var words = new StringBuilder();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String keyword = parameter.getKey();
      boolean known =
          switch (keyword) {
            case "SIZE" -> hop.has("SIZE");
            case "BODY" -> hop.has("8BITMIME");
            case "SMTPUTF8" -> hop.has("SMTPUTF8");
            case "RET", "ENVID" -> hop.has("DSN");
            default -> hop.has("AUTH");
          };
      if (known) {
        String value = parameter.getValue();
        words.append(' ').append(keyword).append(value.isEmpty() ? "" : "=" + value);
      } else if (keyword.equals("SMTPUTF8")) {
        throw new CannotCarryException("the next hop does not offer SMTPUTF8");
      }
    }
    return words.toString();
  }

  /**
   * What the envelope is in the end.
   *
   * @param changed whether the next hop was told another
   */
  record Envelope(ReversePath sender, List<String> recipients, boolean changed) {}

  /** With these changes; what no edit names is as the client gave it. */
  Envelope envelope(List<Edit> edits) {
    ReversePath last = sender;
    List<Recipient> there = new ArrayList<>(recipients.size());
    for (Recipient recipient : recipients) {
      there.add(new Recipient(recipient.given(), recipient.given(), recipient.parameters()));
    }
    for (Edit edit : edits) {
      if (edit instanceof Edit.ChangeSender change) {
        last = change.sender();
      } else if (edit instanceof Edit.ReplaceRecipient replace) {
        there.replaceAll(each ->
            replace.given().equals(each.given())
                ? new Recipient(each.given(), replace.instead(), each.parameters())
                : each);
      }
    }
    boolean changed = !last.equals(told) || !there.equals(recipients);
    return new Envelope(last, there.stream().map(Recipient::command).toList(), changed);
  }

  /** Gives back all that the message holds. */
  void close() {
    Letter begun = letter;
    if (begun != null) {
      begun.close();
      letter = null;
    }
  }
}
