package dev.backstop.auth.dmarc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a domain publishes at {@code _dmarc} (RFC 9989 §4.7), after invalid values were replaced as
 * the RFC says. Immutable.
 *
 * @param policy {@code p}; empty when the record has no usable policy and no report address, so
 *     that DMARC does not apply (RFC 9989 §4.10.1)
 * @param subdomainPolicy {@code sp}, for subdomains that exist
 * @param nonexistentPolicy {@code np}, for subdomains that do not exist
 * @param publicSuffix {@code psd}
 * @param dkimAlignment {@code adkim}
 * @param spfAlignment {@code aspf}
 * @param failureOptions {@code fo}; never empty, and only {@link FailureOption#ALL_FAILED} without
 *     {@code ruf}
 * @param aggregateReports {@code rua}, the first {@value #MAX_URIS}
 * @param failureReports {@code ruf}, the first {@value #MAX_URIS}
 * @param testing {@code t=y}
 */
public record DmarcRecord(
    Optional<DmarcPolicy> policy,
    Optional<DmarcPolicy> subdomainPolicy,
    Optional<DmarcPolicy> nonexistentPolicy,
    PublicSuffix publicSuffix,
    AlignmentMode dkimAlignment,
    AlignmentMode spfAlignment,
    Set<FailureOption> failureOptions,
    List<ReportUri> aggregateReports,
    List<ReportUri> failureReports,
    boolean testing) {
  static final int MAX_URIS = 20;
  static final Set<FailureOption> DEFAULT_OPTIONS = Set.of(FailureOption.ALL_FAILED);

  public DmarcRecord {
    aggregateReports = aggregateReports.stream().limit(MAX_URIS).toList();
    failureReports = failureReports.stream().limit(MAX_URIS).toList();
    if (policy.isEmpty() && !aggregateReports.isEmpty()) {
      policy = Optional.of(DmarcPolicy.NONE); // RFC 9989 §4.10.1
    }
    // RFC 9989 §4.7: fo MUST be ignored without ruf
    boolean noOptions = failureReports.isEmpty() || failureOptions.isEmpty();
    failureOptions = noOptions ? DEFAULT_OPTIONS : Set.copyOf(failureOptions);
    if (FailureOption.contradict(failureOptions)) {
      throw new IllegalArgumentException("fo is 0 or 1");
    }
  }

  /** Alignment that this record asks of what that mechanism found. */
  AlignmentMode alignment(Identifier.Mechanism mechanism) {
    return switch (mechanism) {
      case SPF -> spfAlignment;
      case DKIM -> dkimAlignment;
    };
  }

  /** The TXT record to publish, without what is default. */
  public String render() {
    var text = new StringBuilder("v=DMARC1");
    policy.ifPresent(p -> append(text, "p", p.text()));
    subdomainPolicy.ifPresent(p -> append(text, "sp", p.text()));
    nonexistentPolicy.ifPresent(p -> append(text, "np", p.text()));
    if (publicSuffix != PublicSuffix.UNKNOWN) {
      append(text, "psd", publicSuffix.text());
    }
    if (dkimAlignment != AlignmentMode.RELAXED) {
      append(text, "adkim", dkimAlignment.text());
    }
    if (spfAlignment != AlignmentMode.RELAXED) {
      append(text, "aspf", spfAlignment.text());
    }
    if (!aggregateReports.isEmpty()) {
      append(text, "rua", joined(aggregateReports));
    }
    if (!failureReports.isEmpty()) {
      append(text, "ruf", joined(failureReports));
    }
    if (!failureOptions.equals(DEFAULT_OPTIONS)) {
      append(text, "fo", FailureOption.render(failureOptions));
    }
    if (testing) {
      append(text, "t", "y");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String tag, String value) {
    text.append("; ").append(tag).append('=').append(value);
  }

  private static String joined(List<ReportUri> uris) {
    return uris.stream().map(ReportUri::text).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return render();
  }
}
