package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Judges real mail, where a collection of it lies beside the project. */
class CorpusTest {

  @Test
  void recognisesRealMail() throws IOException {
    Path corpus = needed("corpus");
    var right = new TreeMap<String, Integer>();
    var all = new TreeMap<String, Integer>();
    List<String> misses = new ArrayList<>();
    for (SharedCorpus.Case one : SharedCorpus.cases(corpus)) {
      Form form = MessageReader.read(SharedCorpus.message(corpus.resolve(one.file()))).form();
      all.merge(one.truth(), 1, Integer::sum);
      if (form == expected(one.truth())) {
        right.merge(one.truth(), 1, Integer::sum);
      } else {
        misses.add(one.file() + " is " + one.truth() + ", read as " + form);
      }
    }
    all.forEach((k, n) -> System.out.println("corpus: " + k + " " + right.get(k) + " of " + n));
    misses.forEach(m -> System.out.println("corpus: " + m));
    assertThat(right.get("bounce"))
        .isGreaterThanOrEqualTo(all.getOrDefault("bounce", 0) * 995 / 1000);
    assertThat(right.get("none")).isEqualTo(all.get("none"));
    assertThat(right.get("arf")).isEqualTo(all.get("arf"));
    assertThat(right.get("auto")).isEqualTo(all.get("auto"));
  }

  private static Form expected(String truth) {
    return switch (truth) {
      case "bounce" -> Form.BOUNCE;
      case "arf" -> Form.FEEDBACK_REPORT;
      case "auto" -> Form.AUTO_REPLY;
      case "none" -> Form.ORDINARY;
      default -> throw new IllegalArgumentException(truth);
    };
  }

  /** Messages of real mail servers and responders, named {@code server-what}. */
  @Test
  void readsWhatRealServersSend() throws IOException {
    Path captured = needed("realmail/captured");
    int count = 0;
    List<String> wrong = new ArrayList<>();
    List<String> index = Files.readAllLines(captured.resolve("INDEX.tsv"));
    for (String line : index.subList(1, index.size())) {
      String name = line.substring(0, line.indexOf('\t'));
      AutomaticMail mail =
          MessageReader.read(SharedCorpus.message(captured.resolve(name + ".eml")));
      count++;
      String action = line.split("\t", 20)[7];
      boolean subform =
          mail.form() != Form.BOUNCE
              || action.equals("-")
              || action.equals(String.valueOf(mail.subform()));
      if (mail.form() != form(name) || !subform) {
        wrong.add(name + " is read as " + mail.form() + " " + mail.subform());
      }
    }
    System.out.println("captured: " + (count - wrong.size()) + " of " + count);
    assertThat(wrong).isEmpty();
    assertThat(count).isEqualTo(73);
  }

  private static Form form(String name) {
    return switch (name) {
      case "exim-vacation", "mailbot-reply", "procmail-reply", "sieve-vacation", "vacation-reply" ->
          Form.AUTO_REPLY;
      case "mlmmj-confirm", "mlmmj-denied", "mlmmj-help" -> Form.LIST_NOTICE;
      case "sieve-reject" -> Form.RECEIPT;
      default -> Form.BOUNCE;
    };
  }

  private static Path needed(String name) {
    @Nullable Path folder = SharedCorpus.folder(name);
    if (folder == null) {
      System.out.println("skipped: no shared " + name + " beside the project (BACKSTOP_SHARED)");
    }
    assumeTrue(folder != null, "no shared " + name);
    return java.util.Objects.requireNonNull(folder);
  }
}
