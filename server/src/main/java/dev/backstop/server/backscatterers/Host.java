package dev.backstop.server.backscatterers;

/**
 * One reporting host.
 *
 * @param name as the mail server told it last; empty when it told none that can be shown
 */
record Host(Block block, String name, Tally tally) {
  private static final int MOST_NAME = 100;

  /**
   * A name that may stand in files and on screens: whoever owns the reverse zone of an address
   * writes what he likes there. What the mail server writes in the place of a name is none.
   */
  static String shown(String told) {
    boolean plain =
        told.length() <= MOST_NAME && told.indexOf('.') > 0 && told.chars().allMatch(Host::isPlain);
    return plain ? told : "";
  }

  private static boolean isPlain(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
  }
}
