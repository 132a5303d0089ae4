package dev.backstop.bench.lab;

import dev.backstop.bench.lab.Specimen.Place;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes automatic messages apart. */
final class SpecimenReader {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)boundary\\s*=\\s*(?:\"([^\"\r\n]+)\"|([^;\\s\"]+))");
  private static final Pattern ENCODING =
      Pattern.compile("(?im)^Content-Transfer-Encoding:[ \t]*([-a-z0-9]+)");

  /** Fields that tell of the way there, or are set anew. */
  private static final Set<String> NOT_SENT_AGAIN =
      Set.of(
          "received",
          "return-path",
          "dkim-signature",
          "domainkey-signature",
          "delivered-to",
          "authentication-results",
          "received-spf",
          "x-received",
          "x-original-to",
          "envelope-to",
          "from",
          "to",
          "cc",
          "bcc",
          "sender",
          "reply-to",
          "subject",
          "date",
          "message-id",
          "disposition-notification-to",
          "return-receipt-to",
          "backstop-token",
          "apparently-to",
          "return-receipt-requested",
          "x-confirm-reading-to");

  private static final int MOST_FIELDS = 60;

  private SpecimenReader() {}

  /**
   * Takes a message apart.
   *
   * @return empty when it is not automatic, or what it brings back is encoded
   */
  static Optional<Specimen> read(String name, byte[] octets, ReversePath sender) {
    String text = new String(octets, StandardCharsets.ISO_8859_1).replaceAll("\r*\n", "\r\n");
    AutomaticMail reading = MessageReader.read(Letter.raw(text), sender);
    if (!reading.isAutomatic()) {
      return Optional.empty();
    }
    Mailbox recipient = recipient(reading);
    Header returned = reading.returned().header();
    if (returned == null || returned.fields().isEmpty()) {
      return Optional.of(
          new Specimen(name, sender, text, null, "", reading, recipient, "", "Hello\r\n"));
    }
    return located(text, returned)
        .map(found ->
            new Specimen(
                name,
                sender,
                text.substring(0, found.start()),
                found.place(),
                text.substring(found.end()),
                reading,
                recipient,
                sendable(returned),
                "Hello\r\n"));
  }

  private record Located(int start, int end, Place place) {}

  private static Optional<Located> located(String text, Header returned) {
    HeaderField first = returned.fields().getFirst();
    String value = new String(first.value(), StandardCharsets.ISO_8859_1);
    String line = first.name() + ":" + value.split("[\r\n]", 2)[0];
    int body = text.indexOf("\r\n\r\n");
    int at = text.indexOf(line, Math.max(0, body));
    while (at >= 0) {
      int lineStart = text.lastIndexOf('\n', at) + 1;
      String prefix = text.substring(lineStart, at);
      if (prefix.chars().allMatch(c -> c == ' ' || c == '>' || c == '\t' || c == '|')) {
        return Optional.of(located(text, lineStart, prefix));
      }
      at = text.indexOf(line, at + 1);
    }
    return Optional.empty();
  }

  private static Located located(String text, int start, String prefix) {
    List<String> delimiters = delimiters(text.substring(0, start));
    int end = text.length();
    int partStart = -1;
    String delimiter = "";
    for (String each : delimiters) {
      int next = text.indexOf("\r\n" + each, start - 2);
      if (next >= 0) {
        end = Math.min(end, next + 2);
      }
      int before = text.lastIndexOf("\r\n" + each + "\r\n", start - 1);
      if (before >= 0 && before + 2 > partStart) {
        partStart = before + 2;
        delimiter = each;
      }
    }
    String partHead = partStart < 0 ? head(text) : head(text.substring(partStart));
    boolean isPart =
        partStart >= 0 && text.substring(partStart + partHead.length(), start).isBlank();
    Matcher encoding = ENCODING.matcher(partHead);
    boolean encoded =
        encoding.find() && encoding.group(1).toLowerCase(Locale.ROOT).equals("quoted-printable");
    return isPart && isMessage(partHead)
        ? new Located(partStart, end, new Place(delimiter, prefix, false))
        : new Located(start, end, new Place("", prefix, encoded));
  }

  private static boolean isMessage(String partHead) {
    String lower = partHead.toLowerCase(Locale.ROOT);
    return lower.contains("message/rfc822")
        || lower.contains("rfc822-headers")
        || lower.contains("message/global");
  }

  private static String head(String text) {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text : text.substring(0, end);
  }

  private static List<String> delimiters(String text) {
    List<String> delimiters = new ArrayList<>();
    Matcher boundary = BOUNDARY.matcher(text);
    while (boundary.find()) {
      String found = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
      delimiters.add("--" + Objects.requireNonNull(found).strip());
    }
    return delimiters;
  }

  /** What a program would send: no fold that is none, and no empty name. */
  private static String sendable(Header returned) {
    return Letter.text(
        returned.fields().stream()
            .filter(field -> !NOT_SENT_AGAIN.contains(field.name().toLowerCase(Locale.ROOT)))
            .filter(field -> !field.name().toLowerCase(Locale.ROOT).startsWith("resent-"))
            .filter(field -> field.name().matches("[-A-Za-z0-9_]+"))
            .limit(MOST_FIELDS)
            .map(SpecimenReader::straight)
            .toList());
  }

  private static HeaderField straight(HeaderField field) {
    String value = new String(field.value(), StandardCharsets.ISO_8859_1);
    String plain = value.strip().replaceAll("[\r\n]+[ \t]*", "\r\n ");
    return new HeaderField(field.name(), (" " + plain).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whom the answer is about. */
  private static Mailbox recipient(AutomaticMail reading) {
    Stream<String> named =
        Stream.concat(
            reading.recipients().stream()
                .flatMap(SpecimenReader::addresses)
                .filter(Objects::nonNull),
            Stream.concat(reading.returned().to().stream(), Stream.ofNullable(reading.from())));
    return named
        .flatMap(address -> Stream.ofNullable(parsed(address)))
        .findFirst()
        .orElseGet(() -> new Mailbox("somebody", "far.example"));
  }

  private static Stream<String> addresses(ReportedRecipient recipient) {
    return Stream.of(recipient.originalRecipient(), recipient.finalRecipient())
        .flatMap(Stream::ofNullable);
  }

  private static @Nullable Mailbox parsed(String address) {
    try {
      return Mailbox.parse(address);
    } catch (AddressSyntaxException _) {
      return null;
    }
  }
}
