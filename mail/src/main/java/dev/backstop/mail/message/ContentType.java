package dev.backstop.mail.message;

import dev.backstop.mail.header.ParameterizedValue;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type field (RFC 2045 §5.1).
 *
 * @param value {@code type/subtype} in lower case and parameters
 */
public record ContentType(ParameterizedValue value) {
  /** RFC 2045 §5.2: what a part without Content-Type is. */
  public static final ContentType PLAIN = parse("text/plain");

  /** Never fails: what makes no sense is {@code text/plain}. */
  public static ContentType parse(@Nullable String field) {
    if (field == null || field.isEmpty()) {
      return PLAIN;
    }
    ParameterizedValue value = ParameterizedValue.parse(field);
    int slash = value.value().indexOf('/');
    if (slash <= 0) {
      return PLAIN;
    }
    return blank(value.value()) < 0 ? new ContentType(value) : repaired(field);
  }

  /** {@code text / plain}, or {@code text/plain charset=utf-8} that lost its semicolon. */
  private static ContentType repaired(String field) {
    int slash = field.indexOf('/');
    String subtype = field.substring(slash + 1).strip();
    int blank = blank(subtype);
    int end = blank < 0 ? subtype.length() : blank;
    String type = field.substring(0, slash).strip() + '/' + subtype.substring(0, end);
    return new ContentType(ParameterizedValue.parse(type + ';' + subtype.substring(end)));
  }

  private static int blank(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) > ' ') {
      i++;
    }
    return i == text.length() ? -1 : i;
  }

  /** {@code type/subtype}, lower case. */
  public String mediaType() {
    return value.value();
  }

  public boolean is(String mediaType) {
    return value.value().equals(mediaType);
  }

  public boolean isMultipart() {
    return value.value().startsWith("multipart/");
  }

  public @Nullable String parameter(String name) {
    return value.parameter(name);
  }
}
