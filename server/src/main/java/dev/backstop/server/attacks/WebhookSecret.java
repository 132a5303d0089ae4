package dev.backstop.server.attacks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret that signs events, in a file so that it does not stand in the configuration. */
final class WebhookSecret {
  private static final int LEAST = 16;
  private static final int MOST = 1024;

  private WebhookSecret() {}

  /**
   * The octets of the file, without white space at its end: editors add a line end.
   *
   * @throws IOException when it cannot be read or is no secret; says why, never what is in it
   */
  static byte[] read(Path file) throws IOException {
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      octets = in.readNBytes(MOST + 1);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getClass().getSimpleName(), e);
    }
    String text = new String(octets, StandardCharsets.ISO_8859_1).stripTrailing();
    if (text.length() < LEAST || octets.length > MOST) {
      throw new IOException(file + " must hold a secret of " + LEAST + " to " + MOST + " octets");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
