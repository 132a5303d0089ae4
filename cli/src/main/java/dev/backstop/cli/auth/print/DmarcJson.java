package dev.backstop.cli.auth.print;

import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.dmarc.DmarcPolicy;
import dev.backstop.auth.dmarc.DmarcRecord;
import dev.backstop.auth.dmarc.DmarcResult;
import dev.backstop.auth.dmarc.PolicyRecord;
import dev.backstop.cli.check.print.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a DMARC outcome. */
record DmarcJson(Json json) {

  /** All of them. */
  void write(DmarcOutcome outcome, String reason) {
    PolicyRecord found = outcome.policyRecord().orElse(null);
    json.text("result", outcome.result().text());
    json.text("policy", outcome.policy().text());
    record(found);
    json.text("organizationalDomain", outcome.organizationalDomain().orElse(null));
    json.objects(
        "aligned",
        outcome.aligned(),
        identifier -> {
          json.text("method", identifier.mechanism().text());
          json.text("domain", identifier.domain());
        });
    json.text("reason", reason);
  }

  /** The same for a message that has no author domain. */
  void writeWithoutAuthor(String reason) {
    json.text("result", DmarcResult.PERMERROR.text());
    json.text("policy", DmarcPolicy.NONE.text());
    record(null);
    json.text("organizationalDomain", null);
    json.objects("aligned", List.of(), _ -> {});
    json.text("reason", reason);
  }

  private void record(@Nullable PolicyRecord found) {
    json.text("record", found == null ? null : found.found().text());
    json.text("recordDomain", found == null ? null : found.domain());
    json.text("recordPlace", found == null ? null : AnswerJson.word(found.place()));
    if (found == null) {
      json.text("published", null);
      json.texts("problems", List.of());
    } else {
      json.object("published", () -> published(found.record()));
      json.texts(
          "problems", found.found().parsed().problems().stream().map(Object::toString).toList());
    }
  }

  private void published(DmarcRecord record) {
    json.text("p", text(record.policy()));
    json.text("sp", text(record.subdomainPolicy()));
    json.text("np", text(record.nonexistentPolicy()));
    json.text("adkim", record.dkimAlignment().text());
    json.text("aspf", record.spfAlignment().text());
    json.text("psd", record.publicSuffix().text());
    json.text("t", record.testing() ? "y" : "n");
  }

  private static @Nullable String text(Optional<DmarcPolicy> policy) {
    return policy.map(DmarcPolicy::text).orElse(null);
  }
}
