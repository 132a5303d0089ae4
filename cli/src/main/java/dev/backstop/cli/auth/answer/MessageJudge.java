package dev.backstop.cli.auth.answer;

import dev.backstop.auth.authres.AuthenticationResults;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.spf.SpfIdentity;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.auth.spf.SpfResult;
import dev.backstop.cli.auth.answer.MessageAnswer.Body;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.mail.message.Cut;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.server.senders.DmarcJudge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who vouches for one message. */
final class MessageJudge {
  /** Fields of Authentication-Results that are shown. */
  private static final int MAX_CLAIMS = 20;

  private static final int MAX_CLAIM = 2000;

  /** What DMARC takes for SPF where it is not known. */
  private static final SpfOutcome UNKNOWN =
      new SpfOutcome(
          SpfResult.NONE, SpfIdentity.MAIL_FROM, Optional.empty(), List.of(), "", "", 0, 0);

  private final Remembering resolver;
  private final OwnKeys ours;
  private final Instant now;

  MessageJudge(Remembering resolver, OwnKeys ours, Instant now) {
    this.resolver = resolver;
    this.ours = ours;
    this.now = now;
  }

  MessageAnswer answer(Request.Message request, Optional<SpfOutcome> spf) {
    RawMessage message = request.message();
    Body body = body(request);
    List<Signature> signatures = new Signatures(message, resolver, ours).verify(body, now);
    AuthorDomain author = author(message);
    return new MessageAnswer(
        request.file(),
        body,
        signatures,
        author,
        spf,
        DmarcJudge.judge(
            () -> resolver,
            author,
            spf.orElse(UNKNOWN),
            signatures.stream().map(Signature::outcome).toList()),
        claims(message));
  }

  /** Of a header that was not read to its end it is not said that it has no From. */
  private static AuthorDomain author(RawMessage message) {
    AuthorDomain author = AuthorDomain.of(message.header());
    return author instanceof AuthorDomain.Missing && message.cuts().contains(Cut.HEADER)
        ? new AuthorDomain.Unreadable(
            "the header is larger than is read, and than a mail server takes", List.of())
        : author;
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
