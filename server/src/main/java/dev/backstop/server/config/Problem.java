package dev.backstop.server.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in the file.
 *
 * @param line counted from 1; 0 when unknown
 * @param key with its tables, {@code milter.idle-timeout}; empty when the file as a whole is wrong
 * @param value as written, shortened; {@code null} when the key itself is the problem
 * @param reason in plain words
 * @param example of a right line; {@code null} when there is none
 */
public record Problem(
    int line, String key, @Nullable String value, String reason, @Nullable String example) {

  /** One line for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (line > 0) {
      text.append("line ").append(line).append(": ");
    }
    if (!key.isEmpty()) {
      text.append(key).append(value == null ? "" : " = " + value).append(": ");
    }
    text.append(reason);
    return (example == null ? text : text.append("; for example: ").append(example)).toString();
  }
}
