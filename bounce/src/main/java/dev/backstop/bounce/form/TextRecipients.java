package dev.backstop.bounce.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Failed recipients in the text of a bounce without delivery status. Programs differ in words, but
 * nearly all put the address at the beginning of a line and what the server said behind or below
 * it.
 */
final class TextRecipients {
  private static final int MAX_LINES = 4000;
  private static final int MAX_LINE = 2000;
  private static final int MAX_RECIPIENTS = 1000;
  private static final int MAX_SAID = 1000;

  /**
   * One recipient.
   *
   * @param address as written
   * @param said what stands behind and below it, one line; may be empty
   * @param ownLine true when a line begins with it, as programs write; people put it into a
   *     sentence
   */
  record Found(String address, String said, boolean ownLine) {}

  private final Map<String, StringBuilder> found = new LinkedHashMap<>();
  private final Map<String, String> written = new LinkedHashMap<>();
  private final List<String> own;
  private @Nullable StringBuilder current;
  private boolean anythingSaid;

  private TextRecipients(List<String> own) {
    this.own = own;
  }

  /**
   * Reads the text.
   *
   * @param own lower-cased addresses that cannot have failed: sender and recipient of the bounce
   */
  static List<Found> read(String text, List<String> own) {
    var recipients = new TextRecipients(own);
    text.lines().limit(MAX_LINES).forEach(recipients::line);
    boolean ownLine = !recipients.found.isEmpty();
    if (recipients.found.isEmpty()) {
      recipients.anywhere(text, false);
    }
    if (recipients.found.isEmpty()) {
      recipients.anywhere(text, true);
    }
    var result = new ArrayList<Found>();
    recipients.found.forEach((key, said) ->
        result.add(
            new Found(
                recipients.written.getOrDefault(key, key), said.toString().strip(), ownLine)));
    return result;
  }

  private void line(String raw) {
    String line = raw.length() > MAX_LINE ? raw.substring(0, MAX_LINE) : raw;
    if (line.isBlank()) {
      if (anythingSaid) {
        current = null;
      }
      return;
    }
    int start = afterDecoration(line);
    AddressText address = AddressText.at(line, start);
    if (address != null
        && found.size() < MAX_RECIPIENTS
        && !isOwn(address.address())
        && endsWell(line, address.end())) {
      begin(address.address(), line.substring(afterPunctuation(line, address.end())));
    } else if (current != null) {
      say(line);
    }
  }

  private void begin(String address, String said) {
    String key = address.toLowerCase(Locale.ROOT);
    written.putIfAbsent(key, address);
    current = found.computeIfAbsent(key, _ -> new StringBuilder());
    anythingSaid = false;
    if (!said.isBlank()) {
      say(said);
    }
  }

  private void say(String words) {
    StringBuilder said = current;
    if (said != null && said.length() < MAX_SAID) {
      said.append(said.isEmpty() ? "" : " ").append(words.strip());
      anythingSaid = true;
    }
  }

  private boolean isOwn(String address) {
    return own.contains(address.toLowerCase(Locale.ROOT));
  }

  /** What stands before an address that failed. */
  private static final List<String> LABELS =
      List.of(
          "recipient:",
          "failed recipient:",
          "recipient address:",
          "intended recipient:",
          "invalid recipient:",
          "undeliverable address:",
          "error-for:",
          "rcpt to:",
          "addressed to:",
          "address:",
          "unknown user:",
          "user:");

  /** Brackets, bullets, labels, a reply code as in {@code 550 <user@host>...}. */
  private static int afterDecoration(String line) {
    int at = skip(line, 0);
    if (at + 4 < line.length() && isReplyCode(line, at)) {
      at = skip(line, at + 3);
    }
    for (String label : LABELS) {
      if (line.regionMatches(true, at, label, 0, label.length())) {
        at = skip(line, at + label.length());
        return line.regionMatches(true, at, "[smtp:", 0, 6) ? skip(line, at + 6) : at;
      }
    }
    return at;
  }

  private static boolean isReplyCode(String line, int at) {
    boolean digits =
        Character.isDigit(line.charAt(at + 1)) && Character.isDigit(line.charAt(at + 2));
    return (line.charAt(at) == '4' || line.charAt(at) == '5')
        && digits
        && line.charAt(at + 3) <= ' ';
  }

  private static int skip(String line, int from) {
    int at = from;
    while (at < line.length()
        && (line.charAt(at) <= ' ' || "<>\"'|*-•(=".indexOf(line.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }

  /** Not a word inside a sentence: punctuation or the end, or a blank and then words. */
  private static boolean endsWell(String line, int end) {
    return end == line.length() || " \t>:;,.)]\"'(-".indexOf(line.charAt(end)) >= 0;
  }

  private static int afterPunctuation(String line, int end) {
    int at = end;
    while (at < line.length()
        && (line.charAt(at) <= ' ' || ">:;,.)]\"'".indexOf(line.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }

  /** No line begins with one: the first address in brackets, else the first at all. */
  private void anywhere(String text, boolean help) {
    AddressText any = null;
    int at = 0;
    for (int i = 0; i < 50; i++) {
      AddressText next = AddressText.next(text, at);
      if (next == null) {
        break;
      }
      at = next.end();
      boolean bracketed = next.start() > 0 && text.charAt(next.start() - 1) == '<';
      boolean better = bracketed || any == null;
      if (better && !isOwn(next.address()) && (help ? bracketed : !isHelp(next.address()))) {
        any = next;
        if (bracketed) {
          break;
        }
      }
    }
    if (any != null) {
      int start = afterPunctuation(text, any.end());
      int end = Math.min(text.length(), start + MAX_SAID);
      begin(
          any.address(),
          String.join(" ", text.substring(start, end).lines().map(String::strip).toList()));
    }
  }

  /** Addresses to turn to, which most bounces name. */
  private static boolean isHelp(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return lower.startsWith("postmaster@")
        || lower.startsWith("abuse@")
        || lower.startsWith("support@")
        || lower.startsWith("mailer-daemon@");
  }
}
