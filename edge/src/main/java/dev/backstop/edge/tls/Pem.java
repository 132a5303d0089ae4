package dev.backstop.edge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file (RFC 7468), whatever stands around them.
 *
 * @param label such as {@code CERTIFICATE}
 * @param text between BEGIN and END
 */
record Pem(String label, String text) {
  /** Ten times the certificates that a usual system trusts. */
  static final int MAX_OCTETS = 4 << 20;

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /** All blocks of a file, in order. */
  static List<Pem> read(Path file) throws UnusableCertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        throw new UnusableCertificateException(
            file + " is larger than any file of certificates: over " + MAX_OCTETS + " octets");
      }
      return blocks(file, new String(octets, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw new UnusableCertificateException("there is no file " + file, e);
    } catch (IOException e) {
      throw new UnusableCertificateException("cannot read " + file + ": " + reason(e), e);
    }
  }

  private static List<Pem> blocks(Path file, String text) throws UnusableCertificateException {
    var found = new ArrayList<Pem>();
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
      int label = at + BEGIN.length();
      int body = text.indexOf(DASHES, label);
      int end = body < 0 ? -1 : text.indexOf(END, body + DASHES.length());
      if (end < 0) {
        throw new UnusableCertificateException(file + " is cut off: a BEGIN has no END");
      }
      found.add(new Pem(text.substring(label, body), text.substring(body + DASHES.length(), end)));
      at = end;
    }
    return found;
  }

  /** RFC 1421 §4.6.1.1: the older way to encrypt says so in a header. */
  boolean encrypted() {
    return label.startsWith("ENCRYPTED") || text.contains("ENCRYPTED");
  }

  byte[] octets(Path file) throws UnusableCertificateException {
    try {
      return Base64.getDecoder().decode(text.replaceAll("[ \t\r\n]", ""));
    } catch (IllegalArgumentException e) {
      throw new UnusableCertificateException(
          file + ": what stands after BEGIN " + shownLabel() + " is damaged", e);
    }
  }

  /** The label as it can be shown: it comes from a file. */
  String shownLabel() {
    String start = label.length() > 30 ? label.substring(0, 30) + "..." : label;
    return start.replaceAll("[^ -~]", "?");
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
  }
}
