package dev.backstop.edge.smtp;

import dev.backstop.edge.smtp.command.CommandException;
import dev.backstop.edge.smtp.command.EnvelopeArgument;
import dev.backstop.edge.smtp.nexthop.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client is offered in the answer to EHLO, and may use: what both sides can do, never more.
 *
 * @param hop what the next hop can do
 * @param size of the largest message
 * @param dsn whether the client may ask for delivery status notifications: from strangers, {@code
 *     NOTIFY=SUCCESS} makes backscatter
 * @param startTls whether the session can be protected from here on
 * @param auth mechanisms; none: AUTH is not offered
 */
record Offer(Capabilities hop, long size, boolean dsn, boolean startTls, List<String> auth) {

  /** A client that said HELO, or nothing yet. */
  static final Offer NOTHING =
      new Offer(Capabilities.NONE, Long.MAX_VALUE, false, false, List.of());

  static Offer of(
      Capabilities hop, long most, boolean trusted, boolean startTls, List<String> auth) {
    long size = Math.min(most, hop.size().orElse(most));
    return new Offer(hop, size, trusted && hop.has("DSN"), startTls, auth);
  }

  /** The lines after the first. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("PIPELINING"); // RFC 2920
    lines.add("SIZE " + size); // RFC 1870
    if (hop.has("8BITMIME")) { // RFC 6152
      lines.add("8BITMIME");
    }
    if (hop.has("SMTPUTF8") && hop.has("8BITMIME")) { // RFC 6531 §3.1
      lines.add("SMTPUTF8");
    }
    if (hop.has("ENHANCEDSTATUSCODES")) { // RFC 2034; our own replies always have them
      lines.add("ENHANCEDSTATUSCODES");
    }
    lines.add("CHUNKING"); // RFC 3030; the next hop gets DATA
    if (dsn) { // RFC 3461
      lines.add("DSN");
    }
    if (startTls) { // RFC 3207
      lines.add("STARTTLS");
    }
    if (!auth.isEmpty()) { // RFC 4954
      lines.add("AUTH " + String.join(" ", auth));
    }
    return lines;
  }

  boolean smtpUtf8() {
    return hop.has("SMTPUTF8") && hop.has("8BITMIME");
  }

  /**
   * Checks the parameters of MAIL.
   *
   * @throws CommandException 552 for a message too large, 501 or 555 for what is wrong or was not
   *     offered
   */
  void checkMail(EnvelopeArgument mail) throws CommandException {
    if (mail.size().orElse(0L) > size) {
      throw new CommandException(
          552, "5.3.4", "Message is larger than the " + size + " octets that are accepted here");
    }
    for (Map.Entry<String, String> parameter : mail.parameters().entrySet()) {
      String value = parameter.getValue();
      boolean known =
          switch (parameter.getKey()) {
            case "SIZE" -> true;
            case "BODY" -> hop.has("8BITMIME");
            case "SMTPUTF8" -> smtpUtf8();
            case "RET", "ENVID" -> dsn;
            case "AUTH" -> !auth.isEmpty();
            default -> false;
          };
      require(known, parameter.getKey());
      requireValue(
          parameter.getKey(),
          switch (parameter.getKey()) {
            case "BODY" -> isOne(value, Set.of("7BIT", "8BITMIME"));
            case "SMTPUTF8" -> value.isEmpty();
            case "RET" -> isOne(value, Set.of("FULL", "HDRS"));
            default -> isAscii(value) && value.length() <= 500;
          });
    }
  }

  /**
   * Checks the parameters of RCPT.
   *
   * @throws CommandException as {@link #checkMail}
   */
  void checkRecipient(EnvelopeArgument recipient) throws CommandException {
    for (Map.Entry<String, String> parameter : recipient.parameters().entrySet()) {
      String keyword = parameter.getKey();
      require(dsn && (keyword.equals("NOTIFY") || keyword.equals("ORCPT")), keyword);
      requireValue(
          keyword,
          keyword.equals("NOTIFY")
              ? isNotify(parameter.getValue())
              : isAscii(parameter.getValue()) && parameter.getValue().contains(";"));
    }
  }

  /** RFC 3461 §4.1. */
  private static boolean isNotify(String value) {
    Set<String> known = Set.of("SUCCESS", "FAILURE", "DELAY");
    return value.equalsIgnoreCase("NEVER")
        || List.of(value.split(",", -1)).stream().allMatch(word -> isOne(word, known));
  }

  private static boolean isOne(String value, Set<String> known) {
    return known.stream().anyMatch(value::equalsIgnoreCase);
  }

  private static boolean isAscii(String value) {
    return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static void require(boolean known, String keyword) throws CommandException {
    if (!known) {
      String shown = keyword.length() <= 20 ? keyword : keyword.substring(0, 20);
      throw new CommandException(
          555, "5.5.4", "Parameter " + shown + " is not known or not offered to you here");
    }
  }

  private static void requireValue(String keyword, boolean good) throws CommandException {
    if (!good) {
      throw new CommandException(501, "5.5.4", "Parameter " + keyword + " has no such value");
    }
  }
}
