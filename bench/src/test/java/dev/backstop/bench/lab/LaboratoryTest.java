package dev.backstop.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.cli.log.QuietLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals: nothing of ours is called backscatter, and what can be told is told. */
class LaboratoryTest {
  private static final double FORGED_CAUGHT = 99.9;
  private static final double PROVED_BY_DKIM = 95;

  /** Most of the project's own messages were made to be broken in one way more. */
  private static final double PROVED_BY_DKIM_OF_BROKEN = 90;

  @TempDir Path folder;

  @Test
  void generatedMailIsJudgedRightInEveryCombination() throws Exception {
    Matrix matrix = examined(Specimens.generated(1));

    assertGoals(matrix, PROVED_BY_DKIM);
    for (Available proofs : Available.all()) {
      for (Part part : Part.values()) {
        Matrix.Count count =
            matrix.sum(row ->
                row.ours()
                    && row.subject().equals(proofs.toString())
                    && row.part().equals(part.toString()));
        assertThat(count.all()).as(proofs + ", " + part).isPositive();
      }
    }
    assertThat(
            matrix.sum(row -> row.ours() && row.subject().startsWith("tag")).share(Verdict.GENUINE))
        .as("with a tag, whatever comes back")
        .isEqualTo(100);
    assertThat(
            matrix
                .sum(row -> !row.ours() && row.scene() == Scene.OBSERVING)
                .of(Verdict.BACKSCATTER))
        .as("nobody has said that all mail leaves here")
        .isZero();
  }

  @Test
  @Tag("whole")
  void theProjectsOwnMessages() throws Exception {
    assertGoals(
        examined(Specimens.of(Path.of(root(), "bounce/src/test/resources/golden"), 7)),
        PROVED_BY_DKIM_OF_BROKEN);
  }

  @Test
  @Tag("whole")
  void realMail() throws Exception {
    List<Specimen> specimens = new ArrayList<>();
    for (String name :
        List.of(
            "corpus/bounces",
            "corpus/auto-replies",
            "corpus/feedback-reports",
            "realmail/captured")) {
      Path shared = shared().resolve(name);
      if (Files.isDirectory(shared)) {
        specimens.addAll(Specimens.of(shared, 1));
      } else {
        System.out.println("skipped: no shared " + name + " beside the project (BACKSTOP_SHARED)");
      }
    }
    assumeTrue(!specimens.isEmpty(), "no shared mail");
    assertGoals(examined(specimens), PROVED_BY_DKIM);
  }

  private static String root() {
    return System.getProperty("backstop.root", ".");
  }

  private static Path shared() {
    String set = System.getenv("BACKSTOP_SHARED");
    return set == null ? Path.of(root(), "..", "shared") : Path.of(set);
  }

  private Matrix examined(List<Specimen> specimens) throws Exception {
    try (var _ = new QuietLog();
        var laboratory = new Laboratory(folder)) {
      specimens.forEach(laboratory::examine);
      assertThat(laboratory.leftOut()).hasSizeLessThan(Math.max(1, specimens.size() / 20));
      return laboratory.matrix();
    }
  }

  private static void assertGoals(Matrix matrix, double provedByDkim) {
    List<String> toLookAt = matrix.examples();
    assertThat(matrix.sum(row -> row.ours() && !row.stripped()).of(Verdict.BACKSCATTER))
        .as("ours called backscatter: %s", toLookAt)
        .isZero();
    assertThat(matrix.sum(row -> !row.ours()).of(Verdict.GENUINE))
        .as("forged called genuine: %s", toLookAt)
        .isZero();
    assertThat(matrix.sum(Laboratory::isCatchable).share(Verdict.BACKSCATTER))
        .as("forged that can be told: %s", toLookAt)
        .isGreaterThanOrEqualTo(FORGED_CAUGHT);
    assertThat(provedByDkim(matrix))
        .as("DKIM alone: %s", toLookAt)
        .isGreaterThanOrEqualTo(provedByDkim);
  }

  private static double provedByDkim(Matrix matrix) {
    return Stream.of(matrix.sum(row -> Report.isReturnedDkim(row) && row.damage().isMendable()))
        .mapToDouble(count -> count.share(Verdict.GENUINE))
        .sum();
  }
}
