package dev.backstop.cli.check.input;

import dev.backstop.mail.message.MboxReader;
import dev.backstop.mail.message.MessageSplitter;
import java.util.Arrays;
import java.util.Locale;

/** What a file is by its name and its first octets. */
enum Looks {
  EMPTY,
  MBOX,
  /** One message. */
  MESSAGE,
  /** Apple Mail's one message. */
  EMLX,
  /** gzip. */
  PACKED,
  /** Outlook's .msg, or another of Microsoft's compound files. */
  OUTLOOK,
  /** By its looks no mail. */
  OTHER;

  /** Octets that are looked at. */
  static final int BEGINNING = 512;

  private static final byte[] COMPOUND_FILE = {
    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
  };

  static Looks of(String fileName, byte[] bytes, int length) {
    String name = withoutGz(fileName.toLowerCase(Locale.ROOT));
    if (length == 0) {
      return EMPTY;
    }
    if (length > 1 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B) {
      return PACKED;
    }
    if (startsWith(bytes, length, COMPOUND_FILE)) {
      return OUTLOOK;
    }
    if (name.endsWith(".emlx") && Emlx.begins(bytes, length)) {
      return EMLX;
    }
    if (name.endsWith(".eml")) {
      return MESSAGE; // one message, whatever its first line
    }
    if (MboxReader.isSeparator(bytes, Math.min(length, BEGINNING))) {
      return MBOX;
    }
    return isByName(name) || hasFields(bytes, Math.min(length, BEGINNING)) ? MESSAGE : OTHER;
  }

  private static String withoutGz(String name) {
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  private static boolean isByName(String name) {
    return name.endsWith(".mbox") || name.endsWith(".mbx") || name.endsWith(".emlx");
  }

  private static boolean startsWith(byte[] bytes, int length, byte[] magic) {
    return length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  /** Two fields, the name of the first one only letters, digits and hyphens. */
  private static boolean hasFields(byte[] bytes, int length) {
    int i = 0;
    while (i < length && isNameOctet(bytes[i])) {
      i++;
    }
    return i > 1
        && i + 1 < length
        && bytes[i] == ':'
        && (bytes[i + 1] == ' ' || bytes[i + 1] == '\t')
        && MessageSplitter.header(bytes, length).fields().size() >= 2;
  }

  private static boolean isNameOctet(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-';
  }
}
