package dev.backstop.server.recipients.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A password in a file of its own, so that it does not stand in the configuration. */
public record PasswordFile(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);
  private static final int MOST = 1024;

  /**
   * The first and only line.
   *
   * @throws IOException when it cannot be read or is no password; says why, never what is in it
   */
  public String read() throws IOException {
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      octets = in.readNBytes(MOST + 1);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getClass().getSimpleName(), e);
    }
    String text = text(octets).stripTrailing();
    if (text.isEmpty() || octets.length > MOST || text.chars().anyMatch(Character::isISOControl)) {
      throw new IOException(file + " must hold one line of 1 to " + MOST + " octets");
    }
    return text;
  }

  /** Says in the log when others than the owner may read it. */
  public void warnOfReaders() {
    if (isReadableByOthers()) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("mend", "chmod 600 " + file)
          .log("password-readable-by-others");
    }
  }

  boolean isReadableByOthers() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.GROUP_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private String text(byte[] octets) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8 text", e);
    }
  }
}
