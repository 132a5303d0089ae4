package dev.backstop.cli.doctor;

import dev.backstop.auth.doctor.Report;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.auth.doctor.spf.SpfNode;
import dev.backstop.cli.check.print.Json;
import dev.backstop.mail.address.IpLiteral;
import java.util.List;

/**
 * One JSON object a domain, on one line. Other programs read it: fields are added, never renamed,
 * and always there.
 */
final class ReportJson {
  private final Json json;

  private ReportJson(Json json) {
    this.json = json;
  }

  static String of(Report report) {
    return Json.object(json -> new ReportJson(json).fields(report));
  }

  private void fields(Report report) {
    json.text("domain", report.domain());
    json.text("worst", report.worst().text());
    json.object("counts", () -> counts(report));
    json.objects("findings", report.findings(), this::finding);
    if (report.spf().isPresent()) {
      json.object("spf", () -> node(report.spf().get()));
    } else {
      json.text("spf", null);
    }
  }

  private void counts(Report report) {
    for (Severity severity : Severity.values()) {
      json.number(severity.text(), (int) report.count(severity));
    }
  }

  private void finding(Finding finding) {
    json.text("section", finding.code().section().text());
    json.text("code", finding.code().text());
    json.text("severity", finding.code().severity().text());
    json.text("text", finding.text());
    json.text("why", finding.code().why());
    json.objects("records", finding.remedies(), this::remedy);
  }

  private void remedy(Remedy remedy) {
    json.text("action", remedy.action().text());
    json.text("name", remedy.record().name());
    json.text("type", remedy.record().type());
    json.text("value", remedy.record().value());
    json.text("zone", String.join("\n", remedy.record().zone()));
  }

  private void node(SpfNode node) {
    json.text("domain", node.domain());
    json.text("state", state(node));
    json.text("record", node instanceof SpfNode.Published published ? published.text() : null);
    json.number("lookups", node.lookups());
    json.number("voidLookups", node.voidLookups());
    json.objects("terms", node.branches(), this::branch);
  }

  private static String state(SpfNode node) {
    return switch (node) {
      case SpfNode.Published _ -> "published";
      case SpfNode.Missing _ -> "missing";
      case SpfNode.Several _ -> "several";
      case SpfNode.Unanswered _ -> "unanswered";
      case SpfNode.Loop _ -> "loop";
      case SpfNode.Unread _ -> "unread";
    };
  }

  private void branch(SpfNode.Branch branch) {
    json.text("term", branch.term().text());
    json.number("lookups", branch.lookups());
    switch (branch.seen()) {
      case SpfNode.Included(SpfNode node) -> json.object("leadsTo", () -> node(node));
      case SpfNode.Hosts _, SpfNode.Unknown _ -> json.text("leadsTo", null);
    }
    json.texts(
        "addresses",
        branch.seen() instanceof SpfNode.Hosts hosts
            ? hosts.addresses().stream().map(IpLiteral::render).toList()
            : List.of());
  }
}
