package dev.backstop.cli.doctor;

import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.auth.doctor.spf.SpfNode;
import dev.backstop.auth.spf.SpfLimits;
import dev.backstop.cli.check.print.Style.Colour;
import dev.backstop.mail.address.IpLiteral;
import java.util.ArrayList;
import java.util.List;

/** An SPF record with all that it leads to, as a tree with the lookups of each branch. */
final class SpfTree {
  private static final int INDENT = 4;
  private static final int MAX_BRANCHES = 30;
  private static final int MAX_RECORD = 600;
  private static final int MAX_ADDRESSES = 3;

  private final Page page;
  private final boolean ascii;
  private final List<Row> rows = new ArrayList<>();

  /**
   * A line.
   *
   * @param prefix branches of the tree
   * @param lookups 0 when the row is the text of a record
   * @param seen what the term led to
   */
  private record Row(String prefix, String text, int lookups, String seen) {
    boolean isRecord() {
      return lookups == 0;
    }
  }

  private SpfTree(Page page) {
    this.page = page;
    this.ascii = page.style().ascii();
  }

  /** Nothing for a domain without a record. */
  static void print(Page page, SpfNode root) {
    if (root instanceof SpfNode.Published published) {
      var tree = new SpfTree(page);
      tree.record("", published);
      tree.print();
      if (root.lookups() > 0) {
        tree.sum(root);
      }
      page.blank();
    }
  }

  private void record(String prefix, SpfNode.Published published) {
    String text = published.text();
    boolean cut = text.length() > MAX_RECORD;
    String printable = Shown.printable(cut ? text.substring(0, MAX_RECORD) : text);
    rows.add(new Row(prefix, printable + (cut ? "…" : ""), 0, ""));
    List<SpfNode.Branch> branches = published.branches();
    int shown = Math.min(branches.size(), MAX_BRANCHES);
    for (int i = 0; i < shown; i++) {
      branch(prefix, branches.get(i), i == branches.size() - 1);
    }
    if (shown < branches.size()) {
      String more = "… and " + (branches.size() - shown) + " more";
      rows.add(new Row(prefix + (ascii ? "`- " : "└─ "), more, 0, ""));
    }
  }

  private void branch(String prefix, SpfNode.Branch branch, boolean last) {
    String fork = ascii ? (last ? "`- " : "|- ") : (last ? "└─ " : "├─ ");
    String below = last ? "   " : ascii ? "|  " : "│  ";
    String term = Shown.plain(branch.term().text());
    rows.add(new Row(prefix + fork, term, branch.lookups(), seen(branch)));
    if (branch.seen() instanceof SpfNode.Included(SpfNode.Published published)) {
      record(prefix + below, published);
    }
  }

  private static String seen(SpfNode.Branch branch) {
    return switch (branch.seen()) {
      case SpfNode.Included(SpfNode node) -> seen(node);
      case SpfNode.Hosts hosts -> hosts(hosts);
      case SpfNode.Unknown _ -> branch.term().text().indexOf('%') >= 0 ? "depends on the mail" : "";
    };
  }

  private static String seen(SpfNode node) {
    return switch (node) {
      case SpfNode.Published _ -> "";
      case SpfNode.Missing missing -> missing.exists() ? "no record" : "does not exist";
      case SpfNode.Several _ -> "several records";
      case SpfNode.Unanswered _ -> "could not be found out";
      case SpfNode.Loop _ -> "leads back to itself";
      case SpfNode.Unread _ -> "not looked at";
    };
  }

  private static String hosts(SpfNode.Hosts hosts) {
    if (hosts.trouble().isPresent()) {
      return "could not be found out";
    }
    List<String> addresses =
        hosts.addresses().stream().limit(MAX_ADDRESSES).map(IpLiteral::render).toList();
    int more = hosts.addresses().size() - addresses.size();
    return addresses.isEmpty()
        ? "nothing"
        : String.join(", ", addresses) + (more > 0 ? " and " + more + " more" : "");
  }

  private void print() {
    int column =
        rows.stream()
            .filter(row -> !row.isRecord())
            .mapToInt(row -> Page.columns(row.prefix() + row.text()))
            .max()
            .orElse(0);
    int bound = Math.max(20, page.width() * 2 / 3);
    rows.forEach(row -> print(row, Math.min(column, bound)));
  }

  private void print(Row row, int column) {
    if (row.isRecord()) {
      int room = page.width() - INDENT - Page.columns(row.prefix());
      for (String line : Page.lines(row.text(), room)) {
        page.tree(INDENT, row.prefix(), Colour.BOLD, line, "");
      }
      return;
    }
    int room = page.width() - INDENT - Page.columns(row.prefix());
    String term = cut(row.text(), room);
    int gap = Math.max(0, column - Page.columns(row.prefix() + term));
    String tail = " ".repeat(gap) + "  %2d  %s".formatted(row.lookups(), row.seen());
    String shown = cut(tail.stripTrailing(), room - Page.columns(term));
    page.tree(INDENT, row.prefix(), Colour.NONE, term, shown);
  }

  /** Nothing is lost: all of a term stands in the record above it, too. */
  private static String cut(String text, int room) {
    if (Page.columns(text) <= room) {
      return text;
    }
    return room < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, room - 1)) + "…";
  }

  private void sum(SpfNode root) {
    int most = SpfLimits.STANDARD.lookups();
    Colour colour = root.lookups() > most ? Colour.RED : Colour.DIM;
    page.whole(INDENT, colour, "%d of at most %d lookups".formatted(root.lookups(), most));
  }
}
