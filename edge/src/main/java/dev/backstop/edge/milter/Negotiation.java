package dev.backstop.edge.milter;

import java.util.Locale;

/**
 * What both sides agreed on: the intersection of what the mail server offers and what we want.
 *
 * @param version 2 to 6
 * @param actions bits {@code CHANGE_…}, what we may do to a message
 * @param steps bits, what the mail server does not send, or does not wait for
 */
record Negotiation(int version, int actions, int steps) {
  static final int LOWEST_VERSION = 2;
  static final int HIGHEST_VERSION = 6;

  static final int ADD_HEADER = 0x01;
  static final int ADD_RECIPIENT = 0x04;
  static final int DELETE_RECIPIENT = 0x08;
  static final int CHANGE_HEADER = 0x10;
  static final int QUARANTINE = 0x20;
  static final int CHANGE_SENDER = 0x40;
  static final int SET_MACROS = 0x100;

  /** The mail server understands "skip": no more packets of this kind in this message. */
  static final int SKIP = 0x400;

  /** Header values come, and go, with the space after the colon. */
  static final int LEADING_SPACE = 0x100000;

  static final int NO_UNKNOWN = 0x100;
  static final int NO_DATA = 0x200;
  static final int NO_REPLY_HEADER = 0x80;
  static final int NO_REPLY_CONNECT = 0x1000;
  static final int NO_REPLY_HELO = 0x2000;
  static final int NO_REPLY_DATA = 0x10000;
  static final int NO_REPLY_UNKNOWN = 0x20000;
  static final int NO_REPLY_END_OF_HEADER = 0x40000;
  static final int NO_REPLY_BODY = 0x80000;

  private static final int WANTED_ACTIONS =
      (ADD_HEADER | ADD_RECIPIENT | DELETE_RECIPIENT | CHANGE_HEADER)
          | (QUARANTINE | CHANGE_SENDER | SET_MACROS);

  // Waiting for an answer costs more than anything else in this protocol, so we ask for none but at
  // MAIL, RCPT and the end. The body is the exception: one answer to its first packet can say
  // "skip", and a large message then costs what a small one does.
  private static final int WANTED_STEPS =
      (SKIP | LEADING_SPACE | NO_UNKNOWN | NO_DATA | NO_REPLY_UNKNOWN | NO_REPLY_DATA)
          | (NO_REPLY_CONNECT | NO_REPLY_HELO | NO_REPLY_HEADER | NO_REPLY_END_OF_HEADER);

  /**
   * The macros that we read, by stage: 0 connect, 2 MAIL, 3 RCPT, 4 DATA, 5 end of message, 6 end
   * of header. Client name and address are in the connect packet itself.
   */
  private static final String[] MACROS = {"v", "", "i {auth_authen}", "i", "i", "i", "i"};

  static Negotiation of(Packet offer) throws BadPacketException {
    if (offer.length() < 12) {
      throw new BadPacketException("negotiation shorter than 12 octets");
    }
    int version = offer.int32(0);
    if (version < LOWEST_VERSION) {
      throw new BadPacketException("protocol version below " + LOWEST_VERSION);
    }
    int steps = WANTED_STEPS;
    return new Negotiation(
        Math.min(version, HIGHEST_VERSION),
        offer.int32(4) & WANTED_ACTIONS,
        offer.int32(8) & steps);
  }

  void writeTo(PacketWriter out) {
    out.begin('O').int32(version).int32(actions).int32(steps);
    if (may(SET_MACROS)) {
      for (int stage = 0; stage < MACROS.length; stage++) {
        if (!MACROS[stage].isEmpty()) {
          out.int32(stage).string(MACROS[stage]);
        }
      }
    }
    out.end();
  }

  boolean may(int action) {
    return (actions & action) == action;
  }

  boolean has(int step) {
    return (steps & step) != 0;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "version %d, actions %x, steps %x", version, actions, steps);
  }
}
