package dev.backstop.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.form.ReportedRecipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is read of real bounces, against their own RFC 3464 fields; where a collection lies beside.
 */
class CorpusFieldsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Where the truth itself says less than the message. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "bounces/lhost-googleworkspace-01.eml",
          "its delivery status is empty: the recipient stands in X-Failed-Recipients",
          "bounces/lhost-mimecast-02.eml",
          "Final-Recipient has the type rfc/822, which hides it from a strict parser",
          "bounces/rhost-aol-03.eml",
          "two recipients without an empty line between them",
          "bounces/rhost-messagelabs-01.eml",
          "the recipient's fields begin without Final-Recipient");

  private final Map<String, int[]> rates = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();

  @Test
  void fieldsAreThoseOfTheReport() throws IOException {
    String set = System.getenv("BACKSTOP_SHARED");
    String root = System.getProperty("backstop.root", ".");
    Path corpus = (set == null ? Path.of(root, "..", "shared") : Path.of(set)).resolve("corpus");
    if (!Files.isDirectory(corpus)) {
      System.out.println("skipped: no shared corpus beside the project (BACKSTOP_SHARED)");
    }
    assumeTrue(Files.isDirectory(corpus), "no shared corpus");
    for (String line : Files.readAllLines(corpus.resolve("truth.jsonl"))) {
      JsonNode one = MAPPER.readTree(line);
      if (one.has("report")) {
        String file = one.get("file").asString();
        judge(
            file, one.get("report"), MessageReader.read(Files.readAllBytes(corpus.resolve(file))));
      }
    }
    rates.forEach((k, n) -> System.out.println("fields: " + k + " " + n[0] + " of " + n[1]));
    differences.forEach(d -> System.out.println("fields: " + d));
    assertThat(differences).isEmpty();
  }

  private void judge(String file, JsonNode truth, AutomaticMail mail) {
    Set<String> expected = new TreeSet<>();
    truth.get("recipients").forEach(r -> expected.add(address(text(r.get("final")))));
    Set<String> read = new TreeSet<>();
    mail.recipients().forEach(r -> read.add(address(r.finalRecipient())));
    compare("recipients", file, expected, read);
    for (JsonNode recipient : truth.get("recipients")) {
      for (ReportedRecipient ours : mail.recipients()) {
        if (address(ours.finalRecipient()).equals(address(text(recipient.get("final"))))) {
          same("status", file, text(recipient.get("status")), ours.status());
          same("action", file, text(recipient.get("action")), ours.action());
        }
      }
    }
    same("reporting MTA", file, text(truth.get("reporting_mta")), mail.reporter().mta());
    same("Message-ID", file, text(truth.get("orig_message_id")), mail.returned().messageId());
  }

  private void same(String what, String file, @Nullable String truth, @Nullable String ours) {
    if (truth != null) {
      compare(what, file, lower(truth), lower(ours));
    }
  }

  private void compare(String what, String file, Object truth, Object ours) {
    int[] rate = rates.computeIfAbsent(what, _ -> new int[2]);
    rate[1]++;
    if (truth.equals(ours)) {
      rate[0]++;
    } else if (KNOWN.containsKey(file)) {
      System.out.println("fields: " + file + " differs in " + what + ": " + KNOWN.get(file));
    } else {
      differences.add(file + ": " + what + " is " + truth + ", read as " + ours);
    }
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node.asString();
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static String address(@Nullable String text) {
    return lower(text).replace("<", "").replace(">", "").strip();
  }
}
