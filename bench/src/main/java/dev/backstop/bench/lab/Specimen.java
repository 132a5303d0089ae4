package dev.backstop.bench.lab;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.Header;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An automatic message taken apart, so that it can answer another message of ours.
 *
 * @param name for people
 * @param sender of its envelope
 * @param text up to the returned message, with the addresses and the Message-ID of the mail that it
 *     answered
 * @param place how the returned message stands in it; {@code null} when it brings none and is of a
 *     kind that has none
 * @param after what follows the returned message
 * @param reading what the reader says of the whole
 * @param recipient to whom the message that it answers went
 * @param fields of the message that it answered, which may be sent again
 * @param body of that message
 */
record Specimen(
    String name,
    ReversePath sender,
    String text,
    @Nullable Place place,
    String after,
    AutomaticMail reading,
    Mailbox recipient,
    String fields,
    String body) {

  private static final Pattern TO = Pattern.compile("(?im)^To:[^\r\n]*(\r\n[ \t][^\r\n]*)*");

  /**
   * Where the returned message stands.
   *
   * @param delimiter of the MIME part that it is; empty inside a text
   * @param prefix of each line
   * @param quotedPrintable whether the text around it is encoded so
   */
  record Place(String delimiter, String prefix, boolean quotedPrintable) {}

  /** Kinds of answers that have brought nothing, or have no place for it. */
  List<Part> parts() {
    return place == null ? List.of(Part.NONE) : List.of(Part.FULL, Part.HEADERS, Part.NONE);
  }

  /**
   * The answer.
   *
   * @param to its recipient, as it stands in To
   * @param writer who wrote the message, plain
   * @param messageId of that message
   * @param original that message as it arrived
   * @param damage what happens to its header on the way back
   */
  String answer(
      Mailbox to, Mailbox writer, String messageId, Letter original, Part part, Damage damage) {
    String about = about(to, writer, messageId);
    if (place == null || part == Part.NONE) {
      return about + after;
    }
    String header = damage.of(original.header());
    boolean whole = part == Part.FULL && damage != Damage.CUT;
    String returned = whole ? header + lineEnd(damage) + original.body() : header;
    return about + place(returned, whole, damage) + after;
  }

  private static String lineEnd(Damage damage) {
    return switch (damage) {
      case LF -> "\n";
      case CRCRLF -> "\r\r\n";
      default -> "\r\n";
    };
  }

  private String place(String returned, boolean whole, Damage damage) {
    Place here = Objects.requireNonNull(place);
    String prefix = damage == Damage.QUOTED ? "> " : here.prefix();
    String lines = prefix.isEmpty() ? returned : prefixed(prefix, returned);
    if (here.delimiter().isEmpty()) {
      return here.quotedPrintable() ? quotedPrintable(lines) : lines;
    }
    String type =
        damage == Damage.QUOTED
            ? "text/plain; charset=utf-8"
            : whole ? "message/rfc822" : "text/rfc822-headers";
    return here.delimiter()
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + lines
        + "\r\n";
  }

  private static String prefixed(String prefix, String text) {
    String lines = prefix + text.replace("\n", "\n" + prefix);
    return lines.endsWith("\n" + prefix)
        ? lines.substring(0, lines.length() - prefix.length())
        : lines;
  }

  private static String quotedPrintable(String text) {
    var encoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      encoded.append(c == '=' || c > 0x7e ? "=%02X".formatted((int) c) : String.valueOf(c));
    }
    return encoded.toString();
  }

  /** The report with our addresses and Message-ID in the place of those that it was about. */
  private String about(Mailbox to, Mailbox writer, String messageId) {
    String about = text;
    String old = oldMessageId();
    if (old.length() > 5) {
      about = about.replace(old, messageId);
    }
    for (String address : oldWriters()) {
      about = about.replace(address, writer.toString());
    }
    Matcher field = TO.matcher(about);
    return field.find() && field.start() < headEnd(about)
        ? about.substring(0, field.start()) + "To: " + to + about.substring(field.end())
        : "To: " + to + "\r\n" + about;
  }

  private static int headEnd(String text) {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text.length() : end;
  }

  private String oldMessageId() {
    String returned = reading.returned().messageId();
    return returned != null
        ? returned
        : reading.references().isEmpty() ? "" : reading.references().getLast();
  }

  /** Addresses of the one who wrote then, but none for whom the answer speaks. */
  private Set<String> oldWriters() {
    Header head = new Header(Letter.raw(text).header());
    return List.of(head.textOrEmpty("To"), String.valueOf(reading.returned().from())).stream()
        .flatMap(value -> Addresses.in(value).stream())
        .filter(address -> !address.equalsIgnoreCase(String.valueOf(reading.from())))
        .filter(address -> !address.equalsIgnoreCase(recipient.toString()))
        .filter(address -> !isReported(address))
        .collect(Collectors.toSet());
  }

  private boolean isReported(String address) {
    return reading.recipients().stream()
        .anyMatch(each ->
            address.equalsIgnoreCase(each.finalRecipient())
                || address.equalsIgnoreCase(each.originalRecipient()));
  }
}
