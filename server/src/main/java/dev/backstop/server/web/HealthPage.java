package dev.backstop.server.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/** Whether the process lives, and whether mail should be sent to it. */
final class HealthPage {
  private final JsonMapper json = new JsonMapper();
  private final Readiness readiness;

  HealthPage(Readiness readiness) {
    this.readiness = readiness;
  }

  /** That this is answered at all is the answer: a failing store does not call for a restart. */
  Page live() {
    return Page.json(200, json.writeValueAsBytes(Map.of("status", "up")));
  }

  Page ready() {
    SequencedMap<String, Readiness.Check> checks = readiness.checks();
    boolean up = checks.values().stream().allMatch(Readiness.Check::up);
    SequencedMap<String, Object> report = new LinkedHashMap<>();
    report.put("status", status(up));
    SequencedMap<String, Object> parts = new LinkedHashMap<>();
    checks.forEach((name, check) -> parts.put(name, part(check)));
    report.put("checks", parts);
    return Page.json(up ? 200 : 503, json.writeValueAsBytes(report));
  }

  private static Map<String, String> part(Readiness.Check check) {
    SequencedMap<String, String> part = new LinkedHashMap<>();
    part.put("status", status(check.up()));
    part.put("detail", check.detail());
    return part;
  }

  private static String status(boolean up) {
    return up ? "up" : "down";
  }
}
