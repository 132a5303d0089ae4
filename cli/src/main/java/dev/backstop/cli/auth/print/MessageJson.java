package dev.backstop.cli.auth.print;

import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimSignature;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.cli.auth.answer.MessageAnswer;
import dev.backstop.cli.auth.answer.Signature;
import dev.backstop.cli.check.print.Json;
import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.Optional;

/** The fields of what was found of a message. */
record MessageJson(Json json) {

  void write(MessageAnswer message) {
    AuthorDomain author = message.author();
    json.text("file", message.file().orElse(null));
    json.text("body", AnswerJson.word(message.body()));
    json.truth("headerOnly", message.headerOnly());
    json.objects("dkim", message.signatures(), this::signature);
    json.text("author", author instanceof AuthorDomain.One(DnsName domain) ? domain : null);
    json.texts("authorDomains", author.domains().stream().map(DnsName::text).toList());
    Optional<SpfOutcome> spf = message.spf();
    if (spf.isEmpty()) {
      json.text("spf", null);
    } else {
      json.object("spf", () -> AnswerJson.spf(json, spf.get()));
    }
    json.object("dmarc", () -> dmarc(message));
    json.texts("authenticationResults", message.claims());
  }

  private void dmarc(MessageAnswer message) {
    var dmarc = new DmarcJson(json);
    String reason = Words.dmarcReason(message);
    message
        .dmarc()
        .ifPresentOrElse(
            outcome -> dmarc.write(outcome, reason), () -> dmarc.writeWithoutAuthor(reason));
  }

  private void signature(Signature signature) {
    DkimOutcome outcome = signature.outcome();
    Optional<DkimSignature> fields = outcome.signature();
    json.text("result", outcome.result().word());
    json.text("reason", outcome.reason());
    json.text("domain", fields.map(DkimSignature::domain).orElse(null));
    json.text("selector", fields.map(DkimSignature::selector).orElse(null));
    json.text("identity", fields.map(known -> known.identity().text()).orElse(null));
    json.text("algorithm", fields.map(DkimSignature::algorithmTag).orElse(null));
    json.number("keyBits", outcome.keyBits() == 0 ? null : outcome.keyBits());
    json.texts("weaknesses", outcome.weaknesses().stream().sorted().map(AnswerJson::word).toList());
    json.text("key", signature.key().orElse(null));
    json.texts("signedFields", fields.map(DkimSignature::signedFields).orElse(List.of()));
    json.truth("headerOnly", signature.headerOnly());
    json.truth("own", signature.own());
  }
}
