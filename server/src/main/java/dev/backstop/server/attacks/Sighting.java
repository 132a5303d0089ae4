package dev.backstop.server.attacks;

import dev.backstop.mail.address.Mailbox;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One automatic message that was not proved to answer mail of ours. Texts come from outside and are
 * cut to {@value #MOST_TEXT} characters.
 *
 * @param recipient the plain address, without a tag
 * @param refusedAtRecipient whether it was refused before any data: nothing is known of its content
 * @param peer the host that handed it to us; {@code null} when unknown or this machine
 * @param reporter the name that host or its report gives itself
 * @param source the address that the answered message came from, by its returned Received fields
 * @param subject of the answered message
 * @param messageId of the answered message
 */
public record Sighting(
    Instant at,
    Mailbox recipient,
    boolean refusedAtRecipient,
    @Nullable InetAddress peer,
    @Nullable String reporter,
    @Nullable String source,
    @Nullable String subject,
    @Nullable String messageId) {
  static final int MOST_TEXT = 512;

  public Sighting {
    reporter = cut(reporter);
    source = cut(source);
    subject = cut(subject);
    messageId = cut(messageId);
  }

  private static @Nullable String cut(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
  }
}
