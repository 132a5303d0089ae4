package dev.backstop.auth.dkim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Body canonicalization as the RFC tells it, on whole texts, without regard to speed. */
final class PlainCanonicalization {
  private PlainCanonicalization() {}

  static String body(Canonicalization form, String body) {
    String text = body.replace("\r\n", "\n").replace("\n", "\r\n");
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r\n", -1)));
    if (form == Canonicalization.RELAXED) {
      lines.replaceAll(line -> line.replaceAll("[ \t]+", " ").replaceAll(" \\z", ""));
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    if (lines.isEmpty()) {
      return form == Canonicalization.SIMPLE ? "\r\n" : "";
    }
    return String.join("\r\n", lines) + "\r\n";
  }

  static byte[] hash(String canonical) {
    return BodyDigest.sha256().digest(TestMail.bytes(canonical));
  }
}
