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
    return value.value().indexOf('/') > 0 ? new ContentType(value) : PLAIN;
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
