package dev.backstop.auth.authres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.header.EncodedWords;
import dev.backstop.mail.message.HeaderField;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a field says that it is ours (RFC 8601 §5). Where the grammar is kept, its authserv-id
 * says so. Where it is broken, anybody's guess may find our name as identifier, so that the name
 * anywhere in it is enough: also in encoded words, with comments and invisible characters taken
 * out, and with other forms of its letters and dots.
 */
final class Claim {
  private Claim() {}

  static boolean isMade(HeaderField field, String authservId) {
    String raw = new String(field.value(), UTF_8);
    String text = raw.replace('\r', ' ').replace('\n', ' ');
    Optional<Head> head = field.hasStrayLineEnd() ? Optional.empty() : Head.read(new Lexer(text));
    if (head.isPresent()) {
      // RFC 8601 §5: a version that is not supported MUST go, whoever it is from
      return !head.get().isSupported() || isSame(head.get().authservId(), authservId);
    }
    return names(text, authservId)
        || names(EncodedWords.decode(text), authservId)
        || names(plain(bare(raw)), authservId);
  }

  private static boolean isSame(String one, String other) {
    return canonical(one).equals(canonical(other));
  }

  /** A-labels, no final dot, lower case (RFC 8601 §5 has U-labels, which says the same). */
  private static String canonical(String id) {
    String plain = id.strip();
    return DnsName.parse(plain).map(DnsName::text).orElseGet(() -> plain.toLowerCase(Locale.ROOT));
  }

  /** Whether the identifier stands somewhere as a word of its own. */
  private static boolean names(String text, String authservId) {
    String id = canonical(authservId);
    if (!id.chars().allMatch(c -> isNameCharacter((char) c))) {
      return text.toLowerCase(Locale.ROOT).contains(id);
    }
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isNameCharacter(text.charAt(i))) {
        if (i > start && canonical(text.substring(start, i)).equals(id)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static boolean isNameCharacter(char c) {
    return Syntax.isKeywordCharacter(c) || c == '.' || Syntax.isForeignLetter(c);
  }

  /** Letters and dots of other forms as the plain ones that they are taken for (RFC 3490 §3.1). */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).replace('\u3002', '.');
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
