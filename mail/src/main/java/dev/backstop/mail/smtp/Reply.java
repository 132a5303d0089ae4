package dev.backstop.mail.smtp;

/**
 * An SMTP reply (RFC 5321 §4.2) with its enhanced status code (RFC 3463).
 *
 * @param code three digits, 400 to 599: Backstop itself never says 250
 * @param enhancedStatus such as {@code 5.7.1}; its class digit equals the first digit of the code
 * @param text one line of printable ASCII for a human administrator, at most 450 characters, no
 *     {@code %}
 */
public record Reply(int code, String enhancedStatus, String text) {
  public Reply {
    if (code < 400 || code > 599 || enhancedStatus.charAt(0) - '0' != code / 100) {
      throw new IllegalArgumentException("not a refusal: " + code + " " + enhancedStatus);
    }
    text = printable(text);
  }

  private static String printable(String text) {
    var line = new StringBuilder(text.length());
    for (int i = 0; i < Math.min(text.length(), 450); i++) {
      char c = text.charAt(i);
      line.append(c >= ' ' && c < 0x7f && c != '%' ? c : '?');
    }
    return line.toString();
  }

  public boolean isPermanent() {
    return code >= 500;
  }

  @Override
  public String toString() {
    return code + " " + enhancedStatus + " " + text;
  }
}
