package dev.backstop.mail.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value followed by parameters, {@code value; name=text; name*=utf-8''text}, as in Content-Type
 * and Content-Disposition (RFC 2045 §5.1), with continuations and charsets (RFC 2231). Comments are
 * skipped. Never fails.
 *
 * @param value lower case, without blanks around it
 * @param parameters by lower-cased name; the first of several with one name wins
 */
public record ParameterizedValue(String value, Map<String, String> parameters) {
  private static final int MAX_PARAMETERS = 50;

  public static ParameterizedValue parse(String field) {
    return new Reader(field).read();
  }

  /** {@code null} when there is no such parameter. */
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    ParameterizedValue read() {
      String value = until(";").strip().toLowerCase(Locale.ROOT);
      Map<String, String> raw = new LinkedHashMap<>();
      while (at < text.length() && raw.size() < MAX_PARAMETERS) {
        at++; // the semicolon
        String name = until("=;").strip().toLowerCase(Locale.ROOT);
        if (at < text.length() && text.charAt(at) == '=') {
          at++;
          raw.putIfAbsent(name, parameterValue());
        }
      }
      return new ParameterizedValue(value, isPlain(raw) ? raw : joined(raw));
    }

    /** Up to one of the ends, outside comments and quotes; comments are left out. */
    private String until(String ends) {
      int start = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0 && text.charAt(at) != '(') {
        at++;
      }
      if (at == text.length() || text.charAt(at) != '(') {
        return text.substring(start, at);
      }
      var kept = new StringBuilder(text.substring(start, at));
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) == '(') {
          at = Comments.end(text, at);
        } else {
          kept.append(text.charAt(at++));
        }
      }
      return kept.toString();
    }

    private String parameterValue() {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '"') {
        String quoted = quoted();
        until(";");
        return quoted;
      }
      // Deliberately wider than token: unquoted boundaries with '=' or '/' are common.
      int start = at;
      while (at < text.length() && text.charAt(at) != ';') {
        at++;
      }
      String value = text.substring(start, at);
      int comment = value.indexOf(" (");
      return (comment < 0 ? value : value.substring(0, comment)).strip();
    }

    private String quoted() {
      int close = text.indexOf('"', at + 1);
      if (close >= 0 && text.lastIndexOf('\\', close) < at) {
        String plain = text.substring(at + 1, close);
        at = close + 1;
        return plain;
      }
      var value = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      at = Math.min(at + 1, text.length());
      return value.toString();
    }

    private static boolean isPlain(Map<String, String> raw) {
      for (String name : raw.keySet()) {
        if (name.indexOf('*') >= 0) {
          return false;
        }
      }
      return true;
    }

    /** RFC 2231 §3 and §4: {@code name*0*}, {@code name*1} … are pieces of one value. */
    private static Map<String, String> joined(Map<String, String> raw) {
      Map<String, String> joined = new LinkedHashMap<>();
      for (var entry : raw.entrySet()) {
        int star = entry.getKey().indexOf('*');
        String name = star < 0 ? entry.getKey() : entry.getKey().substring(0, star);
        if (star < 0) {
          joined.putIfAbsent(name, entry.getValue());
        } else if (!joined.containsKey(name)) {
          joined.put(name, extended(raw, name));
        }
      }
      return joined;
    }

    /** Pieces may end within a character, so they are joined as bytes first. */
    private static String extended(Map<String, String> raw, String name) {
      var bytes = new ByteArrayOutputStream();
      String whole = raw.get(name + '*');
      String first = whole == null ? raw.get(name + "*0*") : whole;
      int pieces = whole == null ? MAX_PARAMETERS : 0;
      percentDecode(first == null ? "" : afterLanguage(first), bytes);
      for (int i = first == null ? 0 : 1; i < pieces; i++) {
        String piece = raw.get(name + '*' + i);
        String encoded = raw.get(name + '*' + i + '*');
        if (encoded != null) {
          percentDecode(encoded, bytes);
        } else if (piece != null) {
          bytes.writeBytes(piece.getBytes(StandardCharsets.UTF_8));
        } else {
          break;
        }
      }
      return Charsets.decode(bytes.toByteArray(), first == null ? "utf-8" : charsetOf(first));
    }

    private static String charsetOf(String extended) {
      int quote = extended.indexOf('\'');
      return quote <= 0 ? "utf-8" : extended.substring(0, quote);
    }

    private static String afterLanguage(String extended) {
      int first = extended.indexOf('\'');
      int second = first < 0 ? -1 : extended.indexOf('\'', first + 1);
      return extended.substring(second + 1);
    }

    private static void percentDecode(String text, ByteArrayOutputStream bytes) {
      for (int i = 0; i < text.length(); i++) {
        int high = text.charAt(i) == '%' && i + 2 < text.length() ? hex(text.charAt(i + 1)) : -1;
        int low = high < 0 ? -1 : hex(text.charAt(i + 2));
        if (low >= 0) {
          bytes.write(high << 4 | low);
          i += 2;
        } else {
          bytes.writeBytes(String.valueOf(text.charAt(i)).getBytes(StandardCharsets.UTF_8));
        }
      }
    }

    private static int hex(char c) {
      return Character.digit(c, 16);
    }
  }
}
