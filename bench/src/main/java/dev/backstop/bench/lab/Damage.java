package dev.backstop.bench.lab;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens to a header on its way there and back. */
enum Damage {
  NONE("none"),
  FOLDED("folded anew"),
  CASE("case of names"),
  ADDED("fields added"),
  ENCODED("8-bit Subject encoded"),
  LF("LF"),
  CRCRLF("CR CR LF"),
  QUOTED("quoted with > "),
  CUT("cut at 4 kB"),
  REWORDED("encoded Subject encoded anew");

  /** Octets that {@link #CUT} leaves. */
  static final int CUT_AT = 4096;

  private static final Pattern LONG = Pattern.compile("([^\r\n]{30,60}?) (?=[^ \r\n])");
  private static final Pattern NAME = Pattern.compile("(?m)^([!-9;-~]+):");
  private static final Pattern SUBJECT =
      Pattern.compile("(?im)^Subject:[ \t]*([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)");

  private final String words;

  Damage(String words) {
    this.words = words;
  }

  /** The header after it; lines end in CRLF before. */
  String of(String header) {
    return switch (this) {
      case NONE, QUOTED -> header;
      case FOLDED -> LONG.matcher(header).replaceAll("$1\r\n\t");
      case CASE -> recased(header);
      case ADDED ->
          """
          Received: from relay.far.example (relay.far.example [203.0.113.9])\r
          \tby store.far.example with ESMTP id 77; Sun, 1 Mar 2026 12:00:03 +0000\r
          X-Virus-Scanned: by far.example\r
          X-Spam-Status: No, score=0.1\r
          """
              + header
              + "X-Original-Recipient: kept\r\n";
      case ENCODED, REWORDED -> subject(header);
      case LF -> header.replace("\r\n", "\n");
      case CRCRLF -> header.replace("\r\n", "\r\r\n");
      case CUT -> header.substring(0, Math.min(header.length(), CUT_AT));
    };
  }

  private static String recased(String header) {
    Matcher names = NAME.matcher(header);
    return names.replaceAll(found -> {
      String name = found.group(1);
      String other =
          name.length() % 2 == 0 ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
      return Matcher.quoteReplacement(other + ":");
    });
  }

  /** As encoded words of type Q, whatever it was. */
  private String subject(String header) {
    Matcher subject = SUBJECT.matcher(header);
    if (!subject.find() || hasOctets(subject.group(1)) != (this == ENCODED)) {
      return header;
    }
    String words = "Subject: " + (this == ENCODED ? encoded(subject.group(1)) : "=?utf-8?b?SGk=?=");
    return header.substring(0, subject.start()) + words + header.substring(subject.end());
  }

  private static boolean hasOctets(String text) {
    return text.chars().anyMatch(c -> c > 0x7e);
  }

  private static String encoded(String text) {
    var word = new StringBuilder("=?utf-8?q?");
    for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
      int c = octet & 0xff;
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      word.append(c == ' ' ? "_" : plain ? String.valueOf((char) c) : "=%02X".formatted(c));
    }
    return word.append("?=").toString();
  }

  /** Whether it does anything to that header. */
  boolean touches(String header) {
    return this == NONE || this == QUOTED || !of(header).equals(header);
  }

  /** Whether the signature is meant to survive it: nothing that was signed is lost. */
  boolean isMendable() {
    return this != CUT && this != REWORDED;
  }

  @Override
  public String toString() {
    return words;
  }
}
