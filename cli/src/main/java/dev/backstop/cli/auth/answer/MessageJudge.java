package dev.backstop.cli.auth.answer;

import dev.backstop.auth.authres.AuthenticationResults;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.cli.auth.answer.MessageAnswer.Body;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who vouches for one message. */
final class MessageJudge {
  /** Fields of Authentication-Results that are shown. */
  private static final int MAX_CLAIMS = 20;

  private static final int MAX_CLAIM = 2000;

  private final Remembering resolver;
  private final Instant now;

  MessageJudge(Remembering resolver, Instant now) {
    this.resolver = resolver;
    this.now = now;
  }

  MessageAnswer answer(Request.Message request, Optional<SpfOutcome> spf) {
    RawMessage message = request.message();
    Body body = body(request);
    List<Signature> signatures = new Signatures(message, resolver).verify(body, now);
    AuthorDomain author = AuthorDomain.of(message.header());
    return new MessageAnswer(
        request.file(),
        body,
        signatures,
        author,
        spf,
        new Authors(resolver, spf, signatures).judge(author),
        claims(message));
  }

  private static Body body(Request.Message request) {
    if (request.headerOnly()) {
      return Body.NOT_WANTED;
    }
    if (request.message().truncated()) {
      return Body.TOO_LONG;
    }
    return request.message().body().length() == 0 ? Body.ABSENT : Body.THERE;
  }

  private static List<String> claims(RawMessage message) {
    return message.header().stream()
        .filter(field -> field.nameIs(AuthenticationResults.FIELD_NAME))
        .limit(MAX_CLAIMS)
        .map(HeaderField::text)
        .map(text -> text.length() > MAX_CLAIM ? text.substring(0, MAX_CLAIM) + "…" : text)
        .toList();
  }
}
