package dev.backstop.bounce.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.Strength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * The two tables of {@code docs/verdicts.md} are the expectation: the first says what each proof
 * can find, the second what becomes of every combination. Every combination that the first allows
 * is decided and looked up in the second.
 */
class VerdictTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("backstop.root", ".."), "docs", "verdicts.md");

  /** What stands in a row of the second table. */
  private record Row(String favour, String against, String failed) {}

  private record Expected(Verdict enforce, boolean suspicious, Verdict observe) {}

  @Test
  void everyCombinationOfFindingsHasTheVerdictOfTheTable() throws IOException {
    Map<Row, Expected> table = verdicts();
    var counted = new int[1];
    eachCombination(
        0,
        findings(),
        new ArrayList<>(),
        (evidence, _) -> {
          Expected expected = table.get(row(evidence));
          assertThat(expected).as("a row for %s", evidence).isNotNull();
          Decision enforce = Decision.decide(true, evidence, Mode.ENFORCE);
          Decision observe = Decision.decide(true, evidence, Mode.OBSERVE);
          assertThat(new Expected(enforce.verdict(), enforce.suspicious(), observe.verdict()))
              .as("%s", evidence)
              .isEqualTo(expected);
          assertThat(observe.enforced()).isEqualTo(enforce.verdict());
          counted[0]++;
        });
    assertThat(counted[0]).isGreaterThan(10_000);
  }

  @Test
  void theTableHasNoRowTwiceAndNoneThatCannotBe() throws IOException {
    assertThat(verdicts()).hasSize(4 * 4 * 3);
  }

  /** What failed or is missing never makes a verdict more certain. */
  @Test
  void takingEvidenceAwayOnlyLeadsTowardsUnproven() throws IOException {
    eachCombination(
        0,
        findings(),
        new ArrayList<>(),
        (evidence, _) -> {
          Verdict whole = Decision.decide(true, evidence, Mode.ENFORCE).verdict();
          for (int i = 0; i < evidence.size(); i++) {
            List<Evidence> broken = new ArrayList<>(evidence);
            broken.set(
                i, Evidence.error(evidence.get(i).proof(), mostOf(evidence.get(i).proof()), ""));
            assertThat(Decision.decide(true, broken, Mode.ENFORCE).verdict())
                .as("%s without its %s", evidence, evidence.get(i).proof())
                .isIn(whole, Verdict.UNPROVEN);
          }
        });
  }

  /** The most that a proof can say for a message: what is lost when it fails. */
  private static Strength mostOf(Proof proof) {
    return switch (proof) {
      case BATV, JOURNAL, DKIM, TOKEN -> Strength.CONCLUSIVE;
      case PATH, NEVER_SENDS, LISTED, BURST -> Strength.SLIGHT;
    };
  }

  private static void eachCombination(
      int proof,
      List<List<Evidence>> findings,
      List<Evidence> chosen,
      BiConsumer<List<Evidence>, Integer> test) {
    if (proof == findings.size()) {
      test.accept(List.copyOf(chosen), proof);
      return;
    }
    for (Evidence finding : findings.get(proof)) {
      chosen.addLast(finding);
      eachCombination(proof + 1, findings, chosen, test);
      chosen.removeLast();
    }
  }

  private static Row row(List<Evidence> evidence) {
    return new Row(
        strongest(evidence, Finding.PROVEN), against(evidence), strongest(evidence, Finding.ERROR));
  }

  private static String strongest(List<Evidence> evidence, Finding finding) {
    return evidence.stream()
        .filter(piece -> piece.finding() == finding)
        .map(Evidence::strength)
        .min(Strength::compareTo)
        .map(Strength::toString)
        .orElse("nothing");
  }

  private static String against(List<Evidence> evidence) {
    long count = evidence.stream().filter(piece -> piece.finding() == Finding.DISPROVEN).count();
    return strongest(evidence, Finding.DISPROVEN).equals("conclusive")
        ? "conclusive"
        : count == 0 ? "nothing" : count == 1 ? "one slight" : "several slight";
  }

  /** The first table: proof, then a cell for each finding. */
  private static List<List<Evidence>> findings() throws IOException {
    List<List<Evidence>> findings = new ArrayList<>();
    for (String[] cells : rows("| proof ")) {
      Proof proof = Proof.valueOf(cells[0].toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
      List<Evidence> possible = new ArrayList<>();
      strengths(cells[1], strength -> new Evidence(proof, Finding.PROVEN, strength, ""), possible);
      strengths(
          cells[2], strength -> new Evidence(proof, Finding.DISPROVEN, strength, ""), possible);
      strengths(cells[3], strength -> Evidence.error(proof, strength, ""), possible);
      possible.add(Evidence.none(proof, ""));
      findings.add(possible);
    }
    assertThat(findings).hasSize(Proof.values().length);
    return findings;
  }

  private static void strengths(
      String cell, java.util.function.Function<Strength, Evidence> make, List<Evidence> possible) {
    for (Strength strength : Strength.values()) {
      if (cell.contains(strength.toString())) {
        possible.add(make.apply(strength));
      }
    }
  }

  /** The second table. */
  private static Map<Row, Expected> verdicts() throws IOException {
    Map<Row, Expected> table = new HashMap<>();
    for (String[] cells : rows("| for it ")) {
      for (String failed : cells[2].split(" or ", -1)) {
        Row row = new Row(cells[0], cells[1], failed);
        assertThat(table).as("twice").doesNotContainKey(row);
        table.put(
            row,
            new Expected(verdict(cells[3]), cells[3].endsWith("suspicious"), verdict(cells[4])));
      }
    }
    return table;
  }

  private static Verdict verdict(String cell) {
    String word = cell.replace("`", "").split(",", -1)[0];
    return Verdict.valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }

  private static List<String[]> rows(String head) throws IOException {
    List<String[]> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (!line.startsWith("|")) {
        inside = false;
      } else if (line.startsWith(head)) {
        inside = true;
      } else if (inside && !line.startsWith("|---")) {
        rows.add(
            java.util.Arrays.stream(line.substring(1).split("\\|"))
                .map(String::strip)
                .toArray(String[]::new));
      }
    }
    return rows;
  }
}
