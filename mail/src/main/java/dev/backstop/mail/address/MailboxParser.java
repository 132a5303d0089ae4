package dev.backstop.mail.address;

import java.util.Locale;

/**
 * The grammar of {@code Mailbox} in RFC 5321 §4.1.2, in one pass, with a stated reason for every
 * refusal.
 */
final class MailboxParser {
  private final String text;
  private int at;

  private MailboxParser(String text) {
    this.text = text;
  }

  static Mailbox parse(String path) throws AddressSyntaxException {
    // The bound is of the address: what parses without brackets must parse with them.
    int brackets = path.startsWith("<") ? 2 : 0;
    if (path.length() - brackets > Mailbox.MAX_LENGTH) {
      throw tooLong();
    }
    checkCharacters(path);
    return new MailboxParser(inside(path)).mailbox();
  }

  private static AddressSyntaxException tooLong() {
    return new AddressSyntaxException(
        "address is longer than " + Mailbox.MAX_LENGTH + " characters");
  }

  /**
   * Nowhere in an address, not even after a backslash (RFC 5321 §4.1.2 quoted-pairSMTP), may a
   * control character stand: a line end would begin a new SMTP command where the address is passed
   * on.
   */
  private static void checkCharacters(String path) throws AddressSyntaxException {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (Character.isISOControl(c)) {
        throw new AddressSyntaxException("control character in the address");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < path.length()
          && Character.isLowSurrogate(path.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c) || c == 0xfffd) {
        throw new AddressSyntaxException("broken UTF-8 in the address");
      }
    }
  }

  private static String inside(String path) throws AddressSyntaxException {
    boolean opens = path.startsWith("<");
    boolean closes = path.endsWith(">");
    if (opens != closes) {
      throw new AddressSyntaxException("angle brackets do not match");
    }
    return opens ? path.substring(1, path.length() - 1) : path;
  }

  private Mailbox mailbox() throws AddressSyntaxException {
    skipSourceRoute();
    String localPart = peek() == '"' ? quotedString() : dotString();
    if (peek() != '@') {
      throw new AddressSyntaxException(
          at == text.length() ? "no @ and domain" : "a character that may not stand here");
    }
    at++;
    // Lower case first: it can be longer than what was written.
    String domain = text.substring(at).toLowerCase(Locale.ROOT);
    checkDomain(domain);
    if (localPart.length() + 1 + domain.length() > Mailbox.MAX_LENGTH) {
      throw tooLong();
    }
    return new Mailbox(localPart, domain);
  }

  /**
   * {@code @relay1,@relay2:user@domain}: accepted and ignored, RFC 5321 §4.1.1.3 and appendix C.
   */
  private void skipSourceRoute() throws AddressSyntaxException {
    if (peek() != '@') {
      return;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new AddressSyntaxException("no local part before the @");
    }
    for (String hop : text.substring(0, colon).split(",", -1)) {
      if (!hop.startsWith("@")) {
        throw new AddressSyntaxException("broken source route");
      }
      checkDomain(hop.substring(1));
    }
    at = colon + 1;
  }

  private String dotString() throws AddressSyntaxException {
    int start = at;
    while (at < text.length() && (isAtext(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    String local = text.substring(start, at);
    if (local.isEmpty()) {
      throw new AddressSyntaxException("no local part");
    }
    // Deliberately wider than Dot-string: "a..b@" and "a.@" exist as real mailboxes at large
    // Japanese carriers.
    return local;
  }

  private String quotedString() throws AddressSyntaxException {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw new AddressSyntaxException("quoted local part without its closing quote");
    }
    at++;
    if (at - start == 2) {
      throw new AddressSyntaxException(
          "empty local part"); // <"">, which some servers turn into the null sender
    }
    return text.substring(start, at);
  }

  private static void checkDomain(String domain) throws AddressSyntaxException {
    if (domain.startsWith("[") && domain.endsWith("]") && domain.length() > 2) {
      checkLiteral(domain);
      return;
    }
    if (domain.isEmpty() || domain.length() > 255) {
      throw new AddressSyntaxException(
          domain.isEmpty() ? "no domain after the @" : "domain is longer than 255");
    }
    for (String label : domain.split("\\.", -1)) {
      checkLabel(label);
    }
  }

  private static void checkLiteral(String literal) throws AddressSyntaxException {
    for (int i = 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '[' || c == ']' || c == '\\') {
        throw new AddressSyntaxException("broken address literal");
      }
    }
  }

  private static void checkLabel(String label) throws AddressSyntaxException {
    if (label.isEmpty() || label.length() > 63) {
      throw new AddressSyntaxException("a label of the domain is empty or longer than 63");
    }
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      // Deliberately wider than RFC 5321: the underscore occurs in host names of real senders.
      if (!isLetterOrDigit(c) && c != '-' && c != '_') {
        throw new AddressSyntaxException("the domain has a character that no domain may have");
      }
    }
  }

  /** RFC 5322 §3.2.3 atext, and everything beyond ASCII (RFC 6531 §3.3). */
  private static boolean isAtext(char c) {
    return isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    boolean ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return ascii || c >= 0x80;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
