package dev.backstop.bounce.form;

import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.bounce.form.ReturnedMessage.Source;
import dev.backstop.mail.header.EncodedWords;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.header.Received;
import dev.backstop.mail.message.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the returned header says. */
final class ReturnedReader {
  private static final int MAX_TO = 100;
  private static final int MAX_TEXT = 1000;

  private ReturnedReader() {}

  static ReturnedMessage read(Content content) {
    content.findQuoted();
    String messageId = content.returnedMessageId();
    Header header = content.returned;
    if (header == null || header.fields().isEmpty()) {
      String subject = SubjectLine.in(content.text);
      return messageId == null && subject == null
          ? ReturnedMessage.NOTHING
          : new ReturnedMessage(Part.NONE, messageId, null, List.of(), subject, null, null, null);
    }
    return new ReturnedMessage(
        content.returnedFull ? Part.FULL : Part.HEADERS,
        messageId,
        decoded(header.text("From")),
        addresses(header.textOrEmpty("To")),
        decoded(header.text("Subject")),
        header.text("Date"),
        source(header.texts("Received")),
        content.returnedOctets);
  }

  private static @Nullable String decoded(@Nullable String field) {
    if (field == null) {
      return null;
    }
    return EncodedWords.decode(field.length() > MAX_TEXT ? field.substring(0, MAX_TEXT) : field);
  }

  private static List<String> addresses(String field) {
    return NamedAddress.parse(field).stream()
        .map(NamedAddress::address)
        .filter(a -> !a.isEmpty())
        .limit(MAX_TO)
        .toList();
  }

  /**
   * The topmost Received that names a client was written by the reporting side. Handing over inside
   * one host is skipped when a field below names somebody else.
   */
  private static @Nullable Source source(List<String> fields) {
    Received local = null;
    for (String field : fields) {
      Received received = Received.parse(field);
      if (received.address() == null) {
        continue;
      }
      if (!isLoopback(received.address())) {
        return new Source(received.address(), received.helo());
      }
      local = local == null ? received : local;
    }
    return local == null ? null : new Source(local.address(), local.helo());
  }

  private static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.equals("::1");
  }
}
