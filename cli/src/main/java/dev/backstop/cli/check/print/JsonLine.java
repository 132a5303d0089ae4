package dev.backstop.cli.check.print;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.Reporter;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.cli.check.result.Checked;
import dev.backstop.cli.check.result.Session;
import java.util.List;

/**
 * One JSON object a message. Other programs read it: fields are added, never renamed, and always
 * there, {@code null} when nothing is known. Pure ASCII, so that no terminal's charset spoils it.
 */
final class JsonLine {
  private final Json json;

  private JsonLine(Json json) {
    this.json = json;
  }

  static String of(Checked checked) {
    return Json.object(json -> new JsonLine(json).fields(checked));
  }

  private void fields(Checked checked) {
    AutomaticMail mail = checked.mail();
    json.text("file", checked.file());
    json.text("form", mail.form());
    json.text("subform", mail.subform());
    json.text("verdict", checked.opinion().verdict());
    json.text("confidence", mail.confidence());
    json.object("reporter", () -> reporter(mail.reporter()));
    json.objects("recipients", mail.recipients(), this::recipient);
    json.object("returned", () -> returned(mail.returned()));
    json.objects("evidence", checked.opinion().evidence(), this::evidence);
    json.text("explanation", checked.opinion().explanation());
    json.text("from", mail.from());
    json.texts("references", mail.references());
    json.texts("marks", mail.marks());
    json.text("imitates", mail.imitates());
    json.truth("truncated", checked.truncated());
    json.texts("cut", cuts(checked));
    Session session = checked.opinion().session();
    if (session == null) {
      json.text("session", null);
    } else {
      json.object("session", () -> session(session));
    }
  }

  private static List<String> cuts(Checked checked) {
    return checked.cuts().stream().map(Object::toString).sorted().toList();
  }

  private void reporter(Reporter reporter) {
    json.text("mta", reporter.mta());
    json.text("software", reporter.software());
    json.text("address", reporter.address());
  }

  private void recipient(ReportedRecipient recipient) {
    json.text("final", recipient.finalRecipient());
    json.text("original", recipient.originalRecipient());
    json.text("action", recipient.action());
    json.text("status", recipient.status());
    json.number("smtp", recipient.smtp());
    json.text("reason", recipient.reason());
    json.text("diagnostic", recipient.diagnostic());
    json.text("remoteMta", recipient.remoteMta());
    json.truth("permanent", recipient.permanent());
  }

  private void returned(ReturnedMessage returned) {
    json.text("part", returned.part());
    json.text("messageId", returned.messageId());
    json.text("from", returned.from());
    json.texts("to", returned.to());
    json.text("subject", returned.subject());
    json.text("date", returned.date());
    ReturnedMessage.Source source = returned.source();
    if (source == null) {
      json.text("source", null);
    } else {
      json.object("source", () -> source(source));
    }
  }

  private void source(ReturnedMessage.Source source) {
    json.text("address", source.address());
    json.text("helo", source.helo());
  }

  private void session(Session session) {
    json.text("stage", session.stage());
    json.text("mode", session.mode());
    json.text("action", session.action());
    json.text("enforcing", session.enforcing());
    json.text("reply", session.reply());
    json.text("header", session.header());
  }

  private void evidence(Evidence evidence) {
    json.text("proof", evidence.proof());
    json.text("finding", evidence.finding());
    json.text("detail", evidence.detail());
    json.text("strength", evidence.strength());
  }
}
