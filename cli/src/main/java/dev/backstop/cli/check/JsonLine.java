package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.Reporter;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.bounce.proof.Evidence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object a message. Other programs read it: fields are added, never renamed, and always
 * there, {@code null} when nothing is known. Pure ASCII, so that no terminal's charset spoils it.
 */
final class JsonLine {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonLine() {}

  static String of(Checked checked) {
    AutomaticMail mail = checked.mail();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("file", checked.file());
    line.put("form", mail.form().toString());
    line.put("subform", text(mail.subform()));
    line.put("verdict", checked.opinion().verdict().toString());
    line.put("confidence", mail.confidence().toString());
    line.put("reporter", reporter(mail.reporter()));
    line.put("recipients", mail.recipients().stream().map(JsonLine::recipient).toList());
    line.put("returned", returned(mail.returned()));
    line.put("evidence", checked.opinion().evidence().stream().map(JsonLine::evidence).toList());
    line.put("explanation", checked.opinion().explanation());
    line.put("from", mail.from());
    line.put("references", mail.references());
    line.put("marks", mail.marks());
    line.put("imitates", text(mail.imitates()));
    line.put("truncated", checked.truncated());
    line.put("cut", mail.cuts().stream().map(Object::toString).sorted().toList());
    return MAPPER.writeValueAsString(line);
  }

  private static Map<String, @Nullable Object> reporter(Reporter reporter) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("mta", reporter.mta());
    map.put("software", reporter.software());
    map.put("address", reporter.address());
    return map;
  }

  private static Map<String, @Nullable Object> recipient(ReportedRecipient recipient) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("final", recipient.finalRecipient());
    map.put("original", recipient.originalRecipient());
    map.put("action", recipient.action());
    map.put("status", recipient.status());
    map.put("smtp", recipient.smtp());
    map.put("reason", text(recipient.reason()));
    map.put("diagnostic", recipient.diagnostic());
    map.put("remoteMta", recipient.remoteMta());
    map.put("permanent", recipient.permanent());
    return map;
  }

  private static Map<String, @Nullable Object> returned(ReturnedMessage returned) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("part", returned.part().toString());
    map.put("messageId", returned.messageId());
    map.put("from", returned.from());
    map.put("to", returned.to());
    map.put("subject", returned.subject());
    map.put("date", returned.date());
    map.put("source", source(returned.source()));
    return map;
  }

  private static @Nullable Map<String, @Nullable Object> source(
      ReturnedMessage.@Nullable Source source) {
    if (source == null) {
      return null;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("address", source.address());
    map.put("helo", source.helo());
    return map;
  }

  private static Map<String, String> evidence(Evidence evidence) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("proof", evidence.proof());
    map.put("finding", evidence.finding().toString());
    map.put("detail", evidence.detail());
    return map;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
