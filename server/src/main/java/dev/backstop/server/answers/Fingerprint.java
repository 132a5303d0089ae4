package dev.backstop.server.answers;

import dev.backstop.mail.message.HeaderField;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Tells one message from another by its header. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The same for the same header, and by no effort of a sender the same for two: else one could
   * show a replayed proof again and again as one message that is tried again.
   */
  public static long of(List<HeaderField> header) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (HeaderField field : header) {
        digest.update(field.name().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ':');
        digest.update(field.value());
        digest.update((byte) '\n');
      }
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e); // every platform must have it
    }
  }
}
