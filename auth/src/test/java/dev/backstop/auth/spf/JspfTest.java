package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.testkit.dns.FakeResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.james.jspf.core.DNSRequest;
import org.apache.james.jspf.core.DNSService;
import org.apache.james.jspf.core.exceptions.TimeoutException;
import org.apache.james.jspf.impl.SPF;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Apache jSPF 1.0.5 as second opinion. Each kind of difference is known, with its reason; any other
 * fails the test.
 */
class JspfTest {
  private static final int ZONES = 100;
  private static final int CHECKS_IN_A_ZONE = 20;

  /** jSPF has no limit of void lookups: here we have none either. */
  private final SpfVerifier verifier =
      new SpfVerifier(
          "mx.example.org", InstantSource.fixed(Instant.EPOCH), new SpfLimits(10, 100, 10, 10));

  /** Cases of the openspf suite that jSPF gets wrong: there the suite is the judge. */
  private static final Map<String, String> WRONG_IN_THE_SUITE =
      Map.of(
          "exists-dnserr", "goes on when exists is not answered",
          "mx-limit", "has the limit of RFC 4408",
          "ptr-case-change", "compares names with regard to case",
          "ptr-cname-loop", "temperror when a name of the client is not found out",
          "void-over-limit", "has no limit of void lookups");

  @Test
  void generatedRecords() {
    Map<String, Integer> results = new TreeMap<>();
    Map<String, Integer> known = new TreeMap<>();
    List<String> unknown = new ArrayList<>();
    var zone = new GeneratedZone(7208);
    for (int i = 0; i < ZONES * CHECKS_IN_A_ZONE; i++) {
      if (i % CHECKS_IN_A_ZONE == 0) {
        zone.next();
      }
      InetAddress client = zone.client();
      String helo = zone.domain();
      var sender = new Mailbox(zone.localPart(), zone.domain());
      int asked = zone.resolver().questions().size();
      SpfOutcome ours = verifier.verifyMailFrom(zone.resolver(), client, helo, sender);
      List<String> questions = zone.resolver().questions();
      results.merge(ours.result().word(), 1, Integer::sum);
      String theirs = jspf(zone.resolver(), client, helo, sender);
      if (!ours.result().word().equals(theirs)) {
        String why =
            reason(ours, theirs, questions.subList(asked, questions.size()), zone.resolver());
        known.merge(why, 1, Integer::sum);
        if (why.isEmpty()) {
          unknown.add(theirs + " for " + client + " " + sender + ", ours: " + ours);
        }
      }
    }
    System.out.println("spf and jSPF, generated: " + results + ", different: " + known);
    assertThat(unknown).isEmpty();
  }

  /** Why jSPF says something else; empty when nobody knows. */
  private static String reason(
      SpfOutcome ours, String theirs, List<String> asked, FakeResolver resolver) {
    boolean temporary = ours.result() == SpfResult.TEMPERROR;
    String decided = ours.decidedBy().map(SpfOutcome.Step::term).orElse("");
    if (theirs.equals("temperror") && asked.stream().anyMatch(name -> name.startsWith("PTR "))) {
      return "names that are not found out: no match, not temperror (RFC 7208 §5.5)";
    }
    if (theirs.equals("permerror") && asked.stream().anyMatch(name -> isEmpty(name, resolver))) {
      return "a record without terms that is included: neutral, not an error (§4.7, §5.2)";
    }
    if (asked.stream().filter(name -> name.startsWith("MX ")).count() > 1) {
      return "an mx after one whose hosts have no address: jSPF takes names for addresses";
    }
    if (temporary && decided.contains("exists:")) {
      return "exists that is not answered: temperror (§5), where jSPF goes on";
    }
    return "";
  }

  private static boolean isEmpty(String question, FakeResolver resolver) {
    return question.startsWith("TXT ")
        && resolver.txt(DnsName.of(question.substring(4))).records().stream()
            .anyMatch(text -> text.strip().equals("v=spf1"));
  }

  @Test
  void openspfSuite() throws IOException {
    Path file = SpfSuite.file();
    if (file == null) {
      System.out.println("spf and jSPF, suite: skipped, ../shared/suites/spf is not there");
    }
    assumeTrue(file != null);
    Map<String, String> different = new TreeMap<>();
    for (SpfSuite.Case test : SpfSuite.cases(file)) {
      String theirs = jspf(test.resolver(), test.client(), test.helo(), test.sender());
      if (!test.results().contains(theirs)) {
        different.put(test.name(), theirs + " instead of " + test.results());
      }
    }
    System.out.println("spf and jSPF, suite: " + different);
    assertThat(different.keySet()).isEqualTo(WRONG_IN_THE_SUITE.keySet());
  }

  private static String jspf(
      FakeResolver resolver, InetAddress client, String helo, ReversePath sender) {
    String mailFrom = sender instanceof Mailbox mailbox ? mailbox.toString() : "";
    try {
      return new SPF(new Service(resolver))
          .checkSPF(IpLiteral.render(client), mailFrom, helo)
          .getResult();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  /** Lets jSPF ask our resolver. */
  private record Service(Resolver resolver) implements DNSService {
    @Override
    public @Nullable List<String> getRecords(DNSRequest request) throws TimeoutException {
      Optional<DnsName> asked = DnsName.parse(request.getHostname());
      if (asked.isEmpty()) {
        return null;
      }
      DnsName name = asked.get();
      return switch (request.getRecordType()) {
        case DNSRequest.A -> strings(resolver.ipv4(name), IpLiteral::render);
        case DNSRequest.AAAA -> strings(resolver.ipv6(name), IpLiteral::render);
        case DNSRequest.MX -> // it cannot read a Null MX
            strings(resolver.mx(name), mx -> mx.host().map(DnsName::text).orElse("null.example"));
        case DNSRequest.PTR ->
            strings(
                resolver.ptr(InetAddress.ofLiteral(SpfSuite.address(name.text()))), DnsName::text);
        case DNSRequest.TXT -> strings(resolver.txt(name), text -> text);
        default -> null;
      };
    }

    private static <T> @Nullable List<String> strings(Answer<T> answer, Function<T, String> text)
        throws TimeoutException {
      if (answer.isTemporary()) {
        throw new TimeoutException(answer.describe());
      }
      var strings = new ArrayList<String>(); // jSPF takes them out one by one
      answer.records().forEach(record -> strings.add(text.apply(record)));
      return strings.isEmpty() ? null : strings;
    }

    @Override
    public CompletionStage<List<String>> getRecordsAsync(DNSRequest request) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public List<String> getLocalDomainNames() {
      return List.of("mx.example.org");
    }

    @Override
    public void setTimeOut(int seconds) {}

    @Override
    public int getRecordLimit() {
      return 10;
    }

    @Override
    public void setRecordLimit(int limit) {}
  }
}
