package dev.backstop.bench.lab;

import dev.backstop.mail.address.Mailbox;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A message with an address of ours that we did not send, and where its answer goes.
 *
 * @param imitates whether it has a Message-ID like ours, a signature of ours that does not hold, a
 *     made-up token and a Received field with our host and address
 */
record Forgery(Victim victim, boolean imitates, Tag tag) {

  /** Whose address it is. */
  enum Victim {
    /** Has sent nothing. */
    IDLE,
    /** Writes, all of it tagged. */
    WRITING,
    /** Writes, and some of it leaves without a tag. */
    UNTAGGED;

    String address(String domain) {
      return name().toLowerCase(Locale.ROOT) + "-victim@" + domain;
    }
  }

  /** What the address carries that the answer goes to. */
  enum Tag {
    NONE,
    MADE_UP,
    EXPIRED
  }

  static List<Forgery> all() {
    return List.of(Victim.values()).stream()
        .flatMap(victim ->
            Set.of(false, true).stream()
                .sorted()
                .flatMap(imitates ->
                    List.of(Tag.values()).stream().map(tag -> new Forgery(victim, imitates, tag))))
        .toList();
  }

  String messageId(String number) {
    return imitates ? "<forged." + number + "@ours.test>" : "<" + number + "@spam.example>";
  }

  /**
   * The forged message.
   *
   * @param signature of a message that we did send, with its CRLF
   */
  Letter letter(Mailbox writer, Mailbox to, String messageId, String date, String signature) {
    String trace =
        imitates
            ? signature
                + "Received: from mx.ours.test (mx.ours.test ["
                + World.OURS
                + "])\r\n\tby mx.far.example with ESMTPS id 1; "
                + date
                + "\r\nBackstop-Token: 0123"
                + "0123456789abcdef0123456789abcdef\r\n"
            : "Received: from unknown ([192.0.2.200])\r\n\tby mx.far.example with SMTP id 1; "
                + date
                + "\r\n";
    return new Letter(
        trace
            + "From: "
            + writer
            + "\r\nTo: "
            + Addresses.octets(to)
            + "\r\nSubject: Cheap pills\r\nDate: "
            + date
            + "\r\nMessage-ID: "
            + messageId
            + "\r\n",
        "Buy now\r\n");
  }
}
