package dev.backstop.auth.authres;

import dev.backstop.auth.authres.MethodResult.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one {@code resinfo} (RFC 8601 §2.2), behind its semicolon. */
final class ResultReader {
  private static final String REASON = "reason";

  private final Lexer lexer;
  private final List<Property> properties = new ArrayList<>();
  private String reason = "";

  private ResultReader(Lexer lexer) {
    this.lexer = lexer;
  }

  static Optional<MethodResult> read(Lexer lexer) {
    return new ResultReader(lexer).read();
  }

  private Optional<MethodResult> read() {
    lexer.skipCfws();
    lexer.takeComment();
    String method = lexer.keyword();
    lexer.skipCfws();
    String version = lexer.skip('/') ? number() : "1";
    if (!lexer.skip('=')) {
      return Optional.empty(); // "none", or nothing that could be read
    }
    lexer.skipCfws();
    String result = lexer.keyword();
    if (!Property.isKeyword(method) || !Property.isKeyword(result) || !version.equals("1")) {
      return Optional.empty();
    }
    lexer.takeComment();
    lexer.skipCfws();
    while (!lexer.isAtEnd() && lexer.peek() != ';') {
      readDetail();
      lexer.skipCfws();
    }
    return Optional.of(new MethodResult(method, result, lexer.takeComment(), reason, properties));
  }

  private String number() {
    lexer.skipCfws();
    String number = lexer.keyword();
    lexer.skipCfws();
    return number;
  }

  /** A reason or a property; anything else is skipped. */
  private void readDetail() {
    String type = lexer.keyword();
    lexer.skipCfws();
    if (type.equalsIgnoreCase(REASON) && lexer.skip('=')) {
      lexer.skipCfws();
      String text = lexer.propertyValue();
      reason = reason.isEmpty() ? text : reason;
    } else if (lexer.skip('.')) {
      readProperty(type);
    } else if (lexer.peek() != ';') {
      lexer.skipWord();
    }
  }

  private void readProperty(String type) {
    lexer.skipCfws();
    String name = lexer.keyword();
    lexer.skipCfws();
    if (!lexer.skip('=')) {
      return;
    }
    lexer.skipCfws();
    String value = lexer.propertyValue();
    boolean named = Property.isKeyword(type) && Property.isKeyword(name);
    if (named && properties.size() < MethodResult.MAX_PROPERTIES) {
      properties.add(new Property(type, name, value));
    }
  }
}
