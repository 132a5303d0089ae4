package dev.backstop.cli.doctor;

import dev.backstop.auth.doctor.Report;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.check.print.Style.Colour;
import java.util.ArrayList;
import java.util.List;

/** A report for a person. What strangers put into DNS never reaches the terminal as it is. */
final class TextReport {
  private static final int SENTENCES = 15;
  private static final int RECORDS = 4;

  private final Page page;

  private TextReport(Style style) {
    this.page = new Page(style);
  }

  static String of(Report report, Style style) {
    var text = new TextReport(style);
    text.write(report);
    return text.page.toString();
  }

  private void write(Report report) {
    page.whole(0, Colour.BOLD, report.domain().text());
    for (Section section : Section.values()) {
      List<Finding> findings = report.of(section);
      if (!findings.isEmpty()) {
        page.blank();
        page.whole(2, Colour.BOLD, title(section));
        if (section == Section.SPF) {
          report.spf().ifPresent(root -> SpfTree.print(page, root));
        }
        findings.forEach(this::finding);
      }
    }
    page.blank();
    page.wrapped(0, "", Colour.NONE, colour(report.worst()), sum(report));
  }

  private static String title(Section section) {
    return switch (section) {
      case MX -> "Who takes its mail (MX)";
      case SPF -> "Who may send (SPF)";
      case DKIM -> "What signs (DKIM)";
      case DMARC -> "What becomes of forgeries (DMARC)";
      case HOSTS -> "Names of the hosts";
      case BLOCKLISTS -> "Blocklists";
    };
  }

  private void finding(Finding finding) {
    Severity severity = finding.code().severity();
    page.wrapped(SENTENCES, label(severity), colour(severity), Colour.NONE, finding.text());
    if (!finding.code().why().isEmpty()) {
      page.wrapped(SENTENCES, "", Colour.NONE, Colour.DIM, finding.code().why());
    }
    finding.remedies().forEach(this::remedy);
  }

  private static String label(Severity severity) {
    String word =
        switch (severity) {
          case OK -> "ok";
          case NOTE -> "note";
          case CANNOT_TELL -> "unknown";
          case WARNING -> "warning";
          case PROBLEM -> "problem";
        };
    return word + " ".repeat(SENTENCES - RECORDS - word.length());
  }

  private static Colour colour(Severity severity) {
    return switch (severity) {
      case OK -> Colour.GREEN;
      case NOTE -> Colour.NONE;
      case CANNOT_TELL, WARNING -> Colour.YELLOW;
      case PROBLEM -> Colour.RED;
    };
  }

  /** What to do, and the record below it from the left, since records are long. */
  private void remedy(Remedy remedy) {
    String what =
        switch (remedy.action()) {
          case PUBLISH -> "Publish:";
          case REPLACE -> "Put in its place:";
          case REMOVE -> "Take away:";
        };
    page.wrapped(SENTENCES, "", Colour.NONE, Colour.DIM, what);
    remedy.record().zone().forEach(line -> page.whole(SENTENCES + 2, Colour.BOLD, line));
  }

  private static String sum(Report report) {
    List<String> counts = new ArrayList<>();
    for (Severity severity : List.of(Severity.PROBLEM, Severity.WARNING, Severity.NOTE)) {
      int count = (int) report.count(severity);
      if (count > 0) {
        counts.add(Shown.count(count, severity.text()));
      }
    }
    int unknown = (int) report.count(Severity.CANNOT_TELL);
    if (unknown > 0) {
      counts.add(Shown.count(unknown, "thing") + " could not be found out");
    }
    String all = counts.isEmpty() ? "all in order" : Shown.list(counts);
    return report.domain() + ": " + all + ".";
  }
}
