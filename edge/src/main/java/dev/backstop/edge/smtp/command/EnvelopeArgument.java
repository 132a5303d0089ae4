package dev.backstop.edge.smtp.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The argument of MAIL or RCPT: a path and parameters (RFC 5321 §4.1.1.2, §4.1.1.3, §4.1.2).
 *
 * @param path with its angle brackets, exactly as written
 * @param parameters by keyword in upper case; the value is empty when there is none
 */
public record EnvelopeArgument(String path, Map<String, String> parameters) {
  private static final int MOST_PARAMETERS = 20;

  /**
   * Reads what stands behind MAIL or RCPT.
   *
   * @param prefix {@code FROM:} or {@code TO:}
   * @throws CommandException 501, with the reason
   */
  public static EnvelopeArgument parse(String argument, String prefix) throws CommandException {
    if (!argument.regionMatches(true, 0, prefix, 0, prefix.length())) {
      throw syntax("5.5.4", "the argument must begin with " + prefix + "<");
    }
    // A blank behind the colon is wrong, and common.
    String rest = argument.substring(prefix.length()).stripLeading();
    int end = pathEnd(rest, prefix.equals("FROM:") ? "5.1.7" : "5.1.3");
    String path = rest.substring(0, end);
    String parameters = rest.substring(end);
    if (!parameters.isEmpty() && parameters.charAt(0) != ' ') {
      throw syntax("5.5.4", "a blank must stand between the path and its parameters");
    }
    return new EnvelopeArgument(path, parameters(parameters.strip()));
  }

  /** Behind the bracket that closes the path; brackets in quotes do not count. */
  private static int pathEnd(String text, String status) throws CommandException {
    if (text.isEmpty() || text.charAt(0) != '<') {
      throw syntax(status, "the address must stand in angle brackets");
    }
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i + 1;
      } else if (c == '<' && !quoted) {
        break;
      }
    }
    throw syntax(status, "the address has no closing angle bracket");
  }

  private static Map<String, String> parameters(String text) throws CommandException {
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String word : text.split(" +", -1)) {
      int equals = word.indexOf('=');
      String keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      if (!isKeyword(keyword) || !isValue(value) || (equals >= 0 && value.isEmpty())) {
        throw syntax("5.5.4", "a parameter is not written as KEYWORD=value");
      }
      if (parameters.put(keyword, value) != null || parameters.size() > MOST_PARAMETERS) {
        throw syntax("5.5.4", "a parameter stands twice, or there are too many");
      }
    }
    return parameters;
  }

  /** RFC 5321 §4.1.2 esmtp-keyword. */
  private static boolean isKeyword(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '-'
        && text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
  }

  /**
   * Wider than RFC 5321 §4.1.2 esmtp-value by the equals sign, which real clients write in ENVID.
   */
  private static boolean isValue(String text) {
    return text.chars().allMatch(c -> c > ' ' && c != 0x7f);
  }

  /** The value of a parameter; empty text when it is there without one. */
  public Optional<String> parameter(String keyword) {
    return Optional.ofNullable(parameters.get(keyword));
  }

  /**
   * The announced size in octets (RFC 1870 §4).
   *
   * @throws CommandException 501 when it is no number of at most 20 digits
   */
  public Optional<Long> size() throws CommandException {
    String value = parameters.get("SIZE");
    if (value == null) {
      return Optional.empty();
    }
    if (value.isEmpty()
        || value.length() > 20
        || !value.chars().allMatch(EnvelopeArgument::digit)) {
      throw syntax("5.5.4", "SIZE is not a number of octets");
    }
    return Optional.of(value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value));
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static CommandException syntax(String status, String reason) {
    return new CommandException(501, status, "Syntax error: " + reason);
  }
}
