package dev.backstop.server.recipients;

import dev.backstop.edge.QuietLog;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A source on another machine: asked about its own domains only, and not too often; its failures
 * are counted and told.
 *
 * @param domains none: all of ours
 */
record Guarded(Source source, List<String> domains, Rate rate, Counters counters)
    implements Source {
  private static final QuietLog LOG = new QuietLog(LoggerFactory.getLogger(Guarded.class));

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String place() {
    return source.place();
  }

  @Override
  public Finding ask(Wanted wanted, Duration most) {
    if (!domains.isEmpty() && !domains.contains(wanted.domain())) {
      return new Finding.Silent(name() + " is not asked about " + wanted.domain());
    }
    if (most.isNegative() || most.isZero()) {
      return failed("no time was left to ask " + name());
    }
    if (!rate.take()) {
      counters.limited();
      return new Finding.Failed(name() + " is asked too often just now (max-rate)");
    }
    Finding finding = said(wanted, most);
    return finding instanceof Finding.Failed ? failed(finding.detail()) : finding;
  }

  @Override
  public void close() {
    source.close();
  }

  /** A fault in one source is no reason to ask no other. */
  private Finding said(Wanted wanted, Duration most) {
    try {
      return source.ask(wanted, most);
    } catch (RuntimeException e) {
      LOG.error("recipients-fault", name(), e);
      return new Finding.Failed("a fault of ours in asking " + name());
    }
  }

  private Finding failed(String why) {
    counters.failed(name());
    LOG.warn(kind(), why);
    return new Finding.Failed(why);
  }

  private String kind() {
    return switch (name()) {
      case "ldap" -> "recipients-ldap-failed";
      case "sql" -> "recipients-sql-failed";
      default -> "recipients-call-out-failed";
    };
  }
}
