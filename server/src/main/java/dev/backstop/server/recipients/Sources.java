package dev.backstop.server.recipients;

import dev.backstop.server.config.CallOut;
import dev.backstop.server.config.RecipientRules;
import dev.backstop.server.recipients.callout.CallOutSource;
import dev.backstop.server.recipients.callout.SmtpProber;
import dev.backstop.server.recipients.file.AddressFile;
import dev.backstop.server.recipients.ldap.LdapSource;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.sql.SqlSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Makes the sources of a configuration, in the order in which they are asked. */
final class Sources {
  private final RecipientRules rules;
  private final Counters counters;
  private final LongSupplier nanoTime;
  private final List<Source> made = new ArrayList<>();

  private Sources(RecipientRules rules, Counters counters, LongSupplier nanoTime) {
    this.rules = rules;
    this.counters = counters;
    this.nanoTime = nanoTime;
  }

  static List<Source> files(RecipientRules rules, LongSupplier nanoTime) {
    return rules.files().stream().<Source>map(file -> new AddressFile(file, nanoTime)).toList();
  }

  static List<Source> remote(
      RecipientRules rules, String helo, Counters counters, LongSupplier nanoTime) {
    var sources = new Sources(rules, counters, nanoTime);
    sources.make(helo);
    return sources.made;
  }

  private void make(String helo) {
    Duration limit = rules.timeLimit();
    if (rules.ldap().isOn()) {
      add(new LdapSource(rules.ldap(), limit), rules.ldap().domains(), rules.ldap().maxRate());
    }
    if (rules.sql().isOn()) {
      add(new SqlSource(rules.sql(), limit), rules.sql().domains(), rules.sql().maxRate());
    }
    CallOut callOut = rules.callOut();
    callOut
        .server()
        .ifPresent(server -> {
          var prober = new SmtpProber(List.of(server), helo, callOut.sender(), limit);
          add(
              new CallOutSource("call-out", server.toString(), prober, nanoTime),
              callOut.domains(),
              callOut.maxRate());
        });
  }

  private void add(Source source, List<String> domains, int maxRate) {
    made.add(new Guarded(source, domains, new Rate(maxRate, nanoTime), counters));
  }
}
