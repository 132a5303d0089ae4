package dev.backstop.auth.authres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one method said: {@code resinfo} (RFC 8601 §2.2). Immutable; texts are made printable ASCII
 * and cut, so that no value of a stranger can break out of the field.
 *
 * @param method such as {@code spf}, {@code dkim}, {@code dmarc}, {@code iprev} or {@code auth},
 *     lower case
 * @param result such as {@code pass}, lower case
 * @param comment for people, at most {@value #MAX_TEXT} characters; empty when there is none
 * @param reason the same for programs
 * @param properties the first {@value #MAX_PROPERTIES}
 */
public record MethodResult(
    String method, String result, String comment, String reason, List<Property> properties) {
  static final int MAX_PROPERTIES = 20;
  static final int MAX_TEXT = 200;

  /**
   * @throws IllegalArgumentException when method or result is no keyword
   */
  public MethodResult {
    method = Property.keyword(method);
    result = Property.keyword(result);
    comment = Printable.of(comment, MAX_TEXT);
    reason = Printable.of(reason, MAX_TEXT);
    properties = properties.stream().limit(MAX_PROPERTIES).toList();
  }

  /**
   * What a method said, nothing else yet.
   *
   * @throws IllegalArgumentException when one is no keyword: letters, digits, hyphens
   */
  public static MethodResult of(String method, String result) {
    return new MethodResult(method, result, "", "", List.of());
  }

  /** The same with words for people. */
  public MethodResult comment(String text) {
    return new MethodResult(method, result, text, reason, properties);
  }

  /** The same with a reason. */
  public MethodResult reason(String text) {
    return new MethodResult(method, result, comment, text, properties);
  }

  /**
   * The same with one property more.
   *
   * @param type {@code smtp}, {@code header}, {@code policy} or {@code body} (RFC 8601 §2.3)
   */
  public MethodResult property(String type, String name, String value) {
    List<Property> more = new ArrayList<>(properties);
    more.add(new Property(type, name, value));
    return new MethodResult(method, result, comment, reason, more);
  }

  void render(StringBuilder out) {
    out.append(method).append('=').append(result);
    if (!comment.isEmpty()) {
      Syntax.appendComment(out.append(' '), comment);
    }
    if (!reason.isEmpty()) {
      Syntax.appendValue(out.append(" reason="), reason);
    }
    for (Property property : properties) {
      property.render(out.append(' '));
    }
  }

  /**
   * What a method looked at: {@code propspec} (RFC 8601 §2.2).
   *
   * @param value at most {@value #MAX_VALUE} characters of printable ASCII
   */
  public record Property(String type, String name, String value) {
    static final int MAX_VALUE = 255;
    private static final int MAX_KEYWORD = 64;

    /**
     * @throws IllegalArgumentException when type or name is no keyword
     */
    public Property {
      type = keyword(type);
      name = keyword(name);
      value = Printable.of(value, MAX_VALUE);
    }

    private void render(StringBuilder out) {
      out.append(type).append('.').append(name).append('=');
      Syntax.appendPropertyValue(out, value);
    }

    static boolean isKeyword(String text) {
      return !text.isEmpty()
          && text.length() <= MAX_KEYWORD
          && text.chars().allMatch(Syntax::isKeywordCharacter);
    }

    static String keyword(String text) {
      if (!isKeyword(text)) {
        throw new IllegalArgumentException("no keyword of letters, digits and hyphens");
      }
      return text.toLowerCase(Locale.ROOT);
    }
  }
}
