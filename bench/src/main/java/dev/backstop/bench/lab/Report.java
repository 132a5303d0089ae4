package dev.backstop.bench.lab;

import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.bounce.verdict.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Shows a matrix as Markdown. */
final class Report {
  private static final String CELLS = "genuine | unproven | backscatter | ordinary";

  private final Matrix matrix;
  private final PrintStream out;

  Report(Matrix matrix, PrintStream out) {
    this.matrix = matrix;
    this.out = out;
  }

  /** Sums that fit on a page. */
  void summary() {
    available();
    damages();
    table(
        "Ours, sent with a tag that the answer lost",
        row -> row.subject() + " | " + row.part(),
        "proofs | returned",
        row -> row.ours() && row.stripped() && row.damage() == Damage.NONE && row.nullSender());
    table(
        "Forged",
        row ->
            row.scene()
                + " | "
                + (row.nullSender() ? "null" : "its own")
                + " | "
                + (row.subject().startsWith("UNTAGGED") ? "some untagged" : "tagged or none")
                + " | "
                + row.part(),
        "domain | sender | mail of the address | returned",
        row -> !row.ours());
    goals();
  }

  /** How much of ours is proved, undamaged. */
  private void available() {
    out.printf(
        "%n## Ours, undamaged: per cent `genuine` by what was available and what came back%n%n"
            + "| proofs | full | headers | none | answers | of them `backscatter` |%n|---|---|---|---|---|---|%n");
    for (Available proofs : Available.all()) {
      Predicate<Matrix.Row> rows =
          row ->
              row.ours()
                  && !row.stripped()
                  && row.damage() == Damage.NONE
                  && row.subject().equals(proofs.toString());
      out.printf("| %s |", proofs);
      for (Part part : Part.values()) {
        share(matrix.sum(rows.and(row -> row.part().equals(part.toString()))));
      }
      Matrix.Count all = matrix.sum(rows);
      out.printf(" %d | %d |%n", all.all(), all.of(Verdict.BACKSCATTER));
    }
  }

  /** How much of ours is proved by one proof alone, by damage. */
  private void damages() {
    out.printf(
        "%n## Ours, header returned, one proof alone: per cent `genuine` by damage%n%n"
            + "| damage | dkim | token | journal | answers |%n|---|---|---|---|---|%n");
    for (Damage damage : Damage.values()) {
      Predicate<Matrix.Row> rows =
          row ->
              row.ours() && !row.stripped() && row.damage() == damage && !row.part().equals("none");
      out.printf("| %s |", damage);
      for (String proof : List.of("dkim", "token", "journal")) {
        share(matrix.sum(rows.and(row -> row.subject().equals(proof))));
      }
      out.printf(" %d |%n", matrix.sum(rows.and(row -> row.subject().equals("dkim"))).all());
    }
  }

  private void share(Matrix.Count count) {
    out.printf(Locale.ROOT, " %.1f |", count.share(Verdict.GENUINE));
  }

  static boolean isReturnedDkim(Matrix.Row row) {
    return row.ours()
        && !row.stripped()
        && row.subject().equals("dkim")
        && !row.part().equals("none");
  }

  private void goals() {
    Matrix.Count ours = matrix.sum(row -> row.ours() && !row.stripped());
    Matrix.Count forged = matrix.sum(Laboratory::isCatchable);
    Matrix.Count dkim = matrix.sum(row -> isReturnedDkim(row) && row.damage().isMendable());
    out.printf(
        Locale.ROOT,
        "%n## Goals%n%n| goal | figure |%n|---|---|%n"
            + "| ours called `backscatter`: 0 | %d of %,d |%n"
            + "| forged called `backscatter` where tags or a complete journal can tell: 99.9 %% | %.2f %% of %,d |%n"
            + "| ours with DKIM alone, header returned, called `genuine`: 95 %% | %.2f %% of %,d |%n",
        ours.of(Verdict.BACKSCATTER),
        ours.all(),
        forged.share(Verdict.BACKSCATTER),
        forged.all(),
        dkim.share(Verdict.GENUINE),
        dkim.all());
  }

  /** Every row there is. */
  void all() {
    table(
        "All",
        row ->
            (row.ours() ? "ours" : "forged")
                + (row.stripped() ? ", tag lost" : "")
                + " | "
                + row.scene()
                + " | "
                + row.subject()
                + " | "
                + row.part()
                + " | "
                + row.damage()
                + " | "
                + (row.nullSender() ? "null" : "its own"),
        "whose | domain | proofs or forgery | returned | damage | sender",
        _ -> true);
  }

  private void table(
      String title, Function<Matrix.Row, String> key, String keyHead, Predicate<Matrix.Row> rows) {
    Map<String, Matrix.Count> sums = matrix.by(key, rows);
    int columns = keyHead.split("\\|", -1).length + 4;
    out.printf("%n## %s%n%n| %s | %s |%n%s|%n", title, keyHead, CELLS, "|---".repeat(columns));
    sums.forEach((name, count) -> out.printf("| %s | %s |%n", name, count.cells()));
  }
}
