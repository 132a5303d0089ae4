package dev.backstop.auth.spf;

import dev.backstop.auth.spf.SpfOutcome.Step;
import dev.backstop.dns.DnsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code check_host()} found for one domain (RFC 7208 §4.2).
 *
 * @param path as in {@link SpfOutcome}
 * @param reason for errors and {@code none}; empty where the path says it
 * @param explanation where it stands, for a {@code fail} only
 */
record Finding(
    SpfResult result, List<Step> path, String reason, Optional<Explanation> explanation) {

  /**
   * Where an explanation stands.
   *
   * @param domain of the record, which is {@code %{d}} in both texts
   */
  record Explanation(MacroString location, DnsName domain) {}

  /** Without any record that could be read. */
  static Finding without(SpfResult result, String reason) {
    return new Finding(result, List.of(), reason, Optional.empty());
  }

  static Finding error(SpfResult result, List<Step> path, String reason) {
    return new Finding(result, path, reason, Optional.empty());
  }

  static List<Step> path(Step first, List<Step> rest) {
    if (rest.isEmpty()) {
      return List.of(first);
    }
    var path = new ArrayList<Step>(rest.size() + 1);
    path.add(first);
    path.addAll(rest);
    return path;
  }
}
