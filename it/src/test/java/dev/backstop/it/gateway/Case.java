package dev.backstop.it.gateway;

import java.util.Arrays;
import java.util.List;

/**
 * A row of the abuse matrix. After greeting and EHLO a client sends the steps, each when the
 * replies to the one before are there, and then reads to the end of the connection.
 *
 * @param replies pattern of all reply codes, separated by blanks; {@code silent} stands for a
 *     server that neither answers nor closes
 * @param hop what the next hop may have got
 * @param split the step that is sent in several packets, from 0; -1: none
 */
record Case(String name, List<Step> steps, String replies, Expected hop, int split) {
  static final String MAIL = "MAIL FROM:<sender@foreign.test>\r\n";
  static final String RCPT = "RCPT TO:<user@ours.test>\r\n";
  static final String ENVELOPE = MAIL + RCPT;
  static final String HEADER = "Subject: row\r\n\r\n";
  static final String END = "\r\n.\r\n";

  /** What is sent in one go, and how many replies come before the next step. */
  record Step(String octets, int replies) {}

  /** What the next hop got. */
  sealed interface Expected {}

  /** Not even a sender. */
  record Nothing() implements Expected {}

  /** No message that came to its end. */
  record NoMessage() implements Expected {}

  /** Nothing is said about messages but what holds always: one at most. */
  record AtMostOne() implements Expected {}

  /** One message that ends with these octets, to these recipients. */
  record One(String octets) implements Expected {}

  static final Expected NOTHING = new Nothing();
  static final Expected NO_MESSAGE = new NoMessage();

  /** Octets behind DATA, end included, then QUIT. */
  static Case data(String name, String octets, String reply, Expected hop) {
    return new Case(
        name,
        List.of(new Step(ENVELOPE + "DATA\r\n", 3), new Step(octets, 1), new Step("QUIT\r\n", 1)),
        "250 250 354 " + reply,
        hop,
        1);
  }

  /** Commands of which each waits for the reply to the one before. */
  static Case commands(String name, String replies, Expected hop, String... lines) {
    List<Step> steps = Arrays.stream(lines).map(line -> new Step(line + "\r\n", 1)).toList();
    return new Case(name, steps, replies, hop, -1);
  }

  /** Everything at once. */
  static Case pipelined(String name, String replies, Expected hop, String octets) {
    return new Case(name, List.of(new Step(octets, 0)), replies, hop, 0);
  }

  /** BDAT and whatever follows, behind an envelope that was accepted. */
  static Case bdat(String name, String replies, Expected hop, String octets) {
    return new Case(
        name,
        List.of(new Step(ENVELOPE, 2), new Step(octets, 0)),
        ("250 250 " + replies).strip(),
        hop,
        1);
  }

  /** A chunk with its size. */
  static String chunk(String octets) {
    return "BDAT " + octets.length() + "\r\n" + octets;
  }

  static String last(String octets) {
    return "BDAT " + octets.length() + " LAST\r\n" + octets;
  }

  @Override
  public String toString() {
    return name;
  }
}
