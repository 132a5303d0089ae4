package dev.backstop.edge.milter;

import org.jspecify.annotations.Nullable;

/**
 * The macros of the mail server that we use; all others are read over, so that no number of them
 * costs memory. Not safe for use by several threads.
 */
final class Macros {
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_LOGIN = 320;

  private boolean postfix;
  private boolean queueIdAtMail;
  private @Nullable String queueId;
  private @Nullable String authenticated;

  /**
   * @param packet the command that the macros are for, then name NUL value NUL and so on
   */
  void read(Packet packet) throws BadPacketException {
    if (packet.length() == 0) {
      throw new BadPacketException("macros for no command");
    }
    boolean forMail = packet.octet(0) == Command.MAIL.code;
    for (int at = 1; at < packet.length(); ) {
      int nameEnd = packet.endOfString(at);
      int valueEnd = packet.endOfString(nameEnd + 1);
      keep(packet, at, nameEnd, valueEnd, forMail);
      at = valueEnd + 1;
    }
  }

  private void keep(Packet packet, int name, int nameEnd, int valueEnd, boolean forMail) {
    int value = nameEnd + 1;
    if (is(packet, name, nameEnd, "i")) {
      queueId = packet.label(value, valueEnd, LONGEST_ID);
      queueIdAtMail = forMail;
    } else if (is(packet, name, nameEnd, "v")) {
      postfix = packet.label(value, valueEnd, LONGEST_ID).startsWith("Postfix");
    } else if (forMail && valueEnd > value && is(packet, name, nameEnd, "{auth_authen}")) {
      authenticated = packet.label(value, valueEnd, LONGEST_LOGIN);
    }
  }

  /** A name of one character may stand in braces or not. */
  private static boolean is(Packet packet, int from, int to, String name) {
    return packet.equalsAscii(from, to, name)
        || (name.length() == 1 && packet.equalsAscii(from, to, "{" + name + "}"));
  }

  /** Postfix understands "still working" after each command, Sendmail only at the end. */
  boolean fromPostfix() {
    return postfix;
  }

  @Nullable String queueId() {
    return queueId;
  }

  /**
   * The login name given for this MAIL command. Asking takes it away: a later transaction must not
   * inherit it when the mail server sends no macros at all.
   */
  @Nullable String takeAuthenticated() {
    String login = authenticated;
    authenticated = null;
    return login;
  }

  /**
   * Call at MAIL: forgets the queue id of an earlier message.
   *
   * @return whether this message had its queue id before MAIL
   */
  boolean beginTransaction() {
    boolean given = queueIdAtMail;
    if (!given) {
      queueId = null;
    }
    queueIdAtMail = false;
    return given;
  }

  void endTransaction() {
    queueId = null;
    queueIdAtMail = false;
    authenticated = null;
  }
}
