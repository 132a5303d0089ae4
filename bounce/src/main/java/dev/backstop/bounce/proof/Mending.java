package dev.backstop.bounce.proof;

import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes back what a returned header suffered on the way, before a signature is checked over it. A
 * guess that is wrong only leaves the signature broken: the signature decides, and what it covers
 * is read from the mended header. Each step returns its own argument when it has nothing to do.
 */
final class Mending {
  /** Longer fields are not mended. */
  private static final int MAX_VALUE = 16 << 10;

  /** Lines of one header that are joined again. */
  private static final int MAX_JOINED = 60;

  /** RFC 5322 §3.6: fields of which a message has one at most. */
  private static final Set<String> SINGLE =
      Set.of(
          "from",
          "to",
          "cc",
          "reply-to",
          "subject",
          "date",
          "message-id",
          "in-reply-to",
          "references",
          "sender",
          "mime-version",
          "content-type",
          "content-transfer-encoding");

  /** Fields of addresses that are written anew by who takes them apart. */
  private static final Set<String> ADDRESSES = Set.of("from", "to", "cc", "reply-to", "sender");

  /** An address as it is written without name and brackets; bounded, as RFC 5321 bounds it. */
  private static final Pattern BARE =
      Pattern.compile("[^\\s<>()\",;:@]{1,64}+@[^\\s<>()\",;:@]{1,255}+");

  /** The tag that ends most signatures. */
  private static final Pattern SIGNATURE = Pattern.compile("(^|[;\\s])b\\s*=");

  private Mending() {}

  /**
   * Every fold ends in CRLF, and a line that only looks like a field ({@code h=From:To} that lost
   * the blank before it) is a fold again.
   */
  static List<HeaderField> lines(List<HeaderField> fields) {
    List<HeaderField> mended = new ArrayList<>(fields.size());
    boolean changed = false;
    int joined = 0;
    for (HeaderField field : fields) {
      HeaderField whole = withPlainFolds(field);
      changed |= !whole.equals(field);
      if (!mended.isEmpty() && joined < MAX_JOINED && isFold(whole, mended.getLast())) {
        mended.set(mended.size() - 1, joined(mended.getLast(), whole));
        joined++;
        changed = true;
      } else {
        mended.add(whole);
      }
    }
    return changed ? mended : fields;
  }

  private static boolean isFold(HeaderField field, HeaderField above) {
    return isShort(above) && (!isName(field.name()) || isRestOfSignature(field, above));
  }

  /** {@code References:Date:Date:} is a line of {@code h=}, whose signature must be above it. */
  private static boolean isRestOfSignature(HeaderField field, HeaderField above) {
    byte[] value = field.value();
    return value.length > 0
        && value[0] > ' '
        && above.nameIs("DKIM-Signature")
        && !SIGNATURE.matcher(text(above)).find();
  }

  private static boolean isShort(HeaderField field) {
    return field.value().length <= MAX_VALUE;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if ("=;\"<>()".indexOf(name.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static HeaderField joined(HeaderField above, HeaderField line) {
    return field(above.name(), text(above) + "\r\n " + line.name() + ":" + text(line));
  }

  /** CR CR LF, LF and CR alone become CRLF. */
  private static HeaderField withPlainFolds(HeaderField field) {
    byte[] value = field.value();
    var plain = new StringBuilder();
    int from = 0;
    boolean changed = false;
    for (int i = 0; i < value.length; i++) {
      if (value[i] != '\r' && value[i] != '\n') {
        continue;
      }
      int end = i;
      while (end < value.length && value[end] == '\r') {
        end++;
      }
      end += end < value.length && value[end] == '\n' ? 1 : 0;
      changed |= end - i != 2;
      plain.append(latin1(value, from, i)).append("\r\n");
      from = end;
      i = end - 1;
    }
    return changed ? field(field.name(), plain + latin1(value, from, value.length)) : field;
  }

  /**
   * Without what was put on top of our signature under a name that it covers: servers write above
   * what they got, and we signed last.
   *
   * @param signature the field below which our own fields begin
   * @param names of {@code h=}, in lower case
   */
  static List<HeaderField> below(
      List<HeaderField> fields, HeaderField signature, Set<String> names) {
    List<HeaderField> kept = new ArrayList<>(fields.size());
    boolean above = true;
    for (HeaderField field : fields) {
      above &= !field.equals(signature);
      if (!above || !names.contains(lower(field))) {
        kept.add(field);
      }
    }
    return kept.size() == fields.size() ? fields : kept;
  }

  /** Of fields that may stand once only the topmost; others were added at the bottom. */
  static List<HeaderField> single(List<HeaderField> fields) {
    List<HeaderField> kept = new ArrayList<>(fields.size());
    Set<String> seen = new HashSet<>();
    for (HeaderField field : fields) {
      String name = lower(field);
      if (!SINGLE.contains(name) || seen.add(name)) {
        kept.add(field);
      }
    }
    return kept.size() == fields.size() ? fields : kept;
  }

  /**
   * Octets beyond ASCII as they were: encoded words (RFC 2047) that a relay without 8BITMIME made,
   * and UTF-8 that one made of octets it took for ISO-8859-1.
   *
   * @param names of {@code h=}, in lower case
   */
  static List<HeaderField> octets(List<HeaderField> fields, Set<String> names) {
    List<HeaderField> mended = new ArrayList<>(fields);
    boolean changed = false;
    for (int i = 0; i < fields.size(); i++) {
      HeaderField field = fields.get(i);
      if (names.contains(lower(field)) && isShort(field)) {
        String text = text(field);
        String octets = RawWords.octets(text);
        changed |= !octets.equals(text);
        mended.set(i, octets.equals(text) ? field : field(field.name(), octets));
      }
    }
    return changed ? mended : fields;
  }

  /** Bare addresses in the brackets that they may have had; some servers drop them. */
  static List<HeaderField> brackets(List<HeaderField> fields) {
    List<HeaderField> mended = new ArrayList<>(fields);
    mended.replaceAll(field ->
        isBare(field) ? field(field.name(), BARE.matcher(text(field)).replaceAll("<$0>")) : field);
    return mended;
  }

  /** Nothing but addresses, of which none has a name or brackets. */
  private static boolean isBare(HeaderField field) {
    return ADDRESSES.contains(lower(field))
        && isShort(field)
        && BARE.matcher(text(field)).replaceAll("").chars().allMatch(c -> c == ',' || c <= ' ');
  }

  /** With other texts in the place of fields; of a name that stands several times in each. */
  static List<HeaderField> with(List<HeaderField> fields, String name, String value) {
    List<HeaderField> mended = new ArrayList<>(fields);
    mended.replaceAll(field -> field.nameIs(name) ? field(field.name(), value) : field);
    return mended;
  }

  static String text(HeaderField field) {
    return latin1(field.value(), 0, field.value().length);
  }

  private static String latin1(byte[] octets, int from, int to) {
    return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static HeaderField field(String name, String value) {
    return new HeaderField(name, value.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String lower(HeaderField field) {
    return field.name().strip().toLowerCase(Locale.ROOT);
  }
}
