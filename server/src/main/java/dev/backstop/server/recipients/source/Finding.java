package dev.backstop.server.recipients.source;

import java.util.List;
import java.util.stream.Collectors;

/** What a source says of an address. */
public sealed interface Finding {

  /** Why, in plain words; no secret, no line end. */
  String detail();

  /** The address exists. */
  record Known(String detail) implements Finding {}

  /** The source knows all addresses of that domain, and not this one. */
  record Unknown(String detail) implements Finding {}

  /** The source cannot tell: it knows nothing of that domain, or says yes to everybody. */
  record Silent(String detail) implements Finding {}

  /** The source did not answer: nothing follows from that. */
  record Failed(String detail) implements Finding {}

  /**
   * What several sources say together: one that knows the address is enough, and one that did not
   * answer could have known it. Where nobody can tell, nothing is said.
   *
   * @param findings in the order in which they were asked
   */
  static Finding of(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding instanceof Known) {
        return finding;
      }
    }
    if (!details(findings, Failed.class).isEmpty()) {
      return new Failed(details(findings, Failed.class));
    }
    return details(findings, Unknown.class).isEmpty()
        ? new Silent(details(findings, Silent.class))
        : new Unknown(details(findings, Unknown.class));
  }

  private static String details(List<Finding> findings, Class<? extends Finding> kind) {
    return findings.stream()
        .filter(kind::isInstance)
        .map(Finding::detail)
        .collect(Collectors.joining("; "));
  }
}
