package dev.backstop.auth.authres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.header.EncodedWords;
import dev.backstop.mail.message.HeaderField;
import java.net.IDN;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a field says that it is ours (RFC 8601 §5). Where the grammar is kept, its authserv-id
 * says so. Where it is broken, anybody's guess may find our name as identifier, so that the name
 * anywhere in it is enough: also in encoded words, with comments and invisible characters taken
 * out, and with other forms of its letters and dots. Linear in the length of the field.
 */
final class Claim {
  private Claim() {}

  static boolean isMade(HeaderField field, String authservId) {
    String id = canonical(authservId);
    Optional<Head> head =
        field.hasStrayLineEnd() ? Optional.empty() : Head.read(new Lexer(field.text()));
    if (head.isPresent()) {
      // RFC 8601 §5: a version that is not supported MUST go, whoever it is from
      return !head.get().isSupported() || canonical(head.get().authservId()).equals(id);
    }
    String raw = new String(field.value(), UTF_8);
    String text = raw.replace('\r', ' ').replace('\n', ' ');
    List<String> forms = List.of(id, uLabels(id));
    return names(text, forms) || names(EncodedWords.decode(text), forms) || names(bare(raw), forms);
  }

  /** A-labels, no final dot, lower case (RFC 8601 §5 has U-labels, which says the same). */
  private static String canonical(String id) {
    String plain = id.strip();
    return DnsName.parse(plain).map(DnsName::text).orElseGet(() -> plain.toLowerCase(Locale.ROOT));
  }

  private static String uLabels(String id) {
    return IDN.toUnicode(id, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
  }

  /** Whether one of the identifiers stands somewhere as a word of its own. */
  private static boolean names(String written, List<String> ids) {
    String text = plain(written);
    for (String id : ids) {
      boolean isWord = id.chars().allMatch(c -> isNameCharacter((char) c));
      if (isWord ? hasWord(text, id) : text.contains(id)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasWord(String text, String id) {
    for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
      int end = at + id.length();
      end += end < text.length() && text.charAt(end) == '.' ? 1 : 0; // the final dot
      boolean begins = at == 0 || !isNameCharacter(text.charAt(at - 1));
      if (begins && (end == text.length() || !isNameCharacter(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNameCharacter(char c) {
    return Syntax.isKeywordCharacter(c) || c == '.' || Syntax.isForeignLetter(c);
  }

  /** Letters and dots of other forms as the plain ones that they are taken for (RFC 3490 §3.1). */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replace('\u3002', '.')
        .toLowerCase(Locale.ROOT);
  }

  /** Without comments, invisible and broken characters, what stood around them joined. */
  private static String bare(String text) {
    var bare = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
      if (depth == 0 && c != ')' && !isInvisible(c)) {
        bare.append(c);
      }
    }
    return bare.toString();
  }

  private static boolean isInvisible(char c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0xfffd;
  }
}
