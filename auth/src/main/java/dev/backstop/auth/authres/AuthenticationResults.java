package dev.backstop.auth.authres;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One Authentication-Results field (RFC 8601). Immutable.
 *
 * @param authservId who says so: a name that is ours alone (RFC 8601 §2.5); A-labels for a domain,
 *     printable ASCII, at most {@value #MAX_ID} characters
 * @param results in order, the first {@value #MAX_RESULTS}; empty when nothing was authenticated,
 *     which is written as {@code none}
 */
public record AuthenticationResults(String authservId, List<MethodResult> results) {
  /** The only name: fields of other names, {@code X-} and {@code ARC-} ones too, are not ours. */
  public static final String FIELD_NAME = "Authentication-Results";

  static final int MAX_ID = 255;
  static final int MAX_RESULTS = 50;

  /**
   * @throws IllegalArgumentException when the identifier is empty
   */
  public AuthenticationResults {
    authservId = Printable.of(ascii(authservId), MAX_ID);
    if (authservId.isEmpty()) {
      throw new IllegalArgumentException("no authserv-id");
    }
    results = results.stream().limit(MAX_RESULTS).toList();
  }

  private static String ascii(String id) {
    boolean plain = id.chars().allMatch(c -> c < 0x80);
    return plain ? id : DnsName.parse(id.strip()).map(DnsName::text).orElse(id);
  }

  /** The value of the field, without its name, folded with CRLF and a blank. */
  public String render() {
    var out = new StringBuilder(200);
    Syntax.appendValue(out, authservId);
    if (results.isEmpty()) {
      out.append("; none");
    }
    for (MethodResult result : results) {
      result.render(out.append("; "));
    }
    return Syntax.fold(out.toString(), FIELD_NAME.length() + 2);
  }

  /**
   * Reads a field for display. Whose word it is must be known before: see {@link #claims}. Results
   * that are not in the grammar, and of other versions of a method (RFC 8601 §2.6), are left out.
   *
   * @return empty for fields of another name, and when the beginning cannot be read or is of a
   *     version that is not supported
   */
  public static Optional<AuthenticationResults> parse(HeaderField field) {
    if (!isNamed(field)) {
      return Optional.empty();
    }
    var lexer = new Lexer(field.text());
    Optional<Head> head = Head.read(lexer).filter(Head::isSupported);
    if (head.isEmpty() || Printable.of(ascii(head.get().authservId()), MAX_ID).isEmpty()) {
      return Optional.empty();
    }
    List<MethodResult> results = new ArrayList<>();
    while (lexer.skip(';') && results.size() < MAX_RESULTS) {
      ResultReader.read(lexer).ifPresent(results::add);
      lexer.skipToSemicolon();
    }
    return Optional.of(new AuthenticationResults(head.get().authservId(), results));
  }

  /**
   * Whether a field that came from outside must be removed (RFC 8601 §5): it has this name and its
   * authserv-id is ours, in any case, quoted or not, with comments, as A- or U-labels, with or
   * without a final dot. Also true for every field whose beginning is not in the grammar and that
   * contains our identifier as a word, and for every field of a version that is not supported.
   *
   * @param authservId ours
   */
  public static boolean claims(HeaderField field, String authservId) {
    return isNamed(field) && Claim.isMade(field, authservId);
  }

  private static boolean isNamed(HeaderField field) {
    return field.name().strip().equalsIgnoreCase(FIELD_NAME);
  }
}
