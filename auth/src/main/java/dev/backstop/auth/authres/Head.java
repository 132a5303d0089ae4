package dev.backstop.auth.authres;

import java.util.Optional;

/**
 * The beginning of a field: {@code [CFWS] authserv-id [CFWS authres-version]} up to the first
 * semicolon (RFC 8601 §2.2). Read by the letter: what is not in the grammar here may be read
 * otherwise by others.
 *
 * @param version as written; empty when there is none
 */
record Head(String authservId, String version) {

  /** Reads it; the lexer then stands at the semicolon or at the end. */
  static Optional<Head> read(Lexer lexer) {
    lexer.skipCfws();
    String id = lexer.peek() == '"' ? lexer.quoted() : lexer.token();
    lexer.skipCfws();
    String version = lexer.token();
    lexer.skipCfws();
    boolean ended = lexer.isAtEnd() || lexer.peek() == ';';
    boolean digits = version.chars().allMatch(c -> c >= '0' && c <= '9');
    return ended && digits && !lexer.isBroken() && !id.isBlank()
        ? Optional.of(new Head(id, version))
        : Optional.empty();
  }

  /** RFC 8601 §2.6: version 1, said or implied, is the only one there is. */
  boolean isSupported() {
    return version.isEmpty() || version.equals("1");
  }
}
