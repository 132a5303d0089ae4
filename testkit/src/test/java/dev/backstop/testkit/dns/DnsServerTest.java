package dev.backstop.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.Answer;
import dev.backstop.dns.Budget;
import dev.backstop.dns.BudgetedResolver;
import dev.backstop.dns.CachingResolver;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.NameServers;
import dev.backstop.dns.NetworkResolver;
import dev.backstop.dns.Resolver;
import dev.backstop.dns.ResolverSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The zone says the same through the network and without it. */
@Timeout(60)
class DnsServerTest {
  private static final Zone ZONE =
      new Zone()
          .txt("example.com", "v=spf1 ", "-all")
          .txt("example.com", "a \\ backslash, \"quotes\", \u00e4 and \u0000")
          .txt("empty.example.com", "")
          .txt("long.example.com", "x".repeat(60_000))
          .txt("a b\\046.example.com", "odd name")
          .address("mail.example.com", "192.0.2.1", "192.0.2.2", "2001:db8::1")
          .address("many.example.com", many())
          .mx("example.com", 10, "mail.example.com")
          .mx("null.example.com", 0, ".")
          .ptr("192.0.2.1", "mail.example.com", "www.example.com")
          .ptr("2001:db8::1", "mail.example.com")
          .cname("alias.example.com", "alias2.example.com")
          .cname("alias2.example.com", "example.com")
          .cname("lost.example.com", "nowhere.example.net")
          .cname("circle.example.com", "circle.example.com")
          .serverFailure("broken.example.com")
          .timeout("silent.example.com");

  private static DnsServer server;

  @BeforeAll
  static void start() throws IOException {
    server = DnsServer.start(ZONE);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static String[] many() {
    return IntStream.range(0, 500).mapToObj(i -> "198.51.100." + i % 250).toArray(String[]::new);
  }

  private static ResolverSettings settings(DnsServer server, Duration time) {
    return new ResolverSettings(
        new NameServers(List.of(server.address()), true), time, 1, time, 100, 1_000_000);
  }

  @ParameterizedTest
  @MethodSource
  void sameAnswers(Function<Resolver, Answer<?>> question) {
    Resolver fake = new FakeResolver(ZONE);
    var network = new NetworkResolver(settings(server, Duration.ofSeconds(30)));
    Answer<?> expected = question.apply(fake);
    Answer<?> answer = question.apply(network);
    // A server has one word for each failure.
    assertThat(answer.getClass()).isEqualTo(expected.getClass());
    assertThat(answer.records()).isEqualTo(expected.records().stream().distinct().toList());
  }

  static Stream<Function<Resolver, Answer<?>>> sameAnswers() {
    return Stream.concat(
        Stream.of(
                "example.com",
                "EXAMPLE.com.",
                "com",
                "empty.example.com",
                "long.example.com",
                "a b\\046.example.com",
                "mail.example.com",
                "many.example.com",
                "null.example.com",
                "alias.example.com",
                "lost.example.com",
                "circle.example.com",
                "broken.example.com",
                "nowhere.example.com")
            .map(DnsName::of)
            .flatMap(name ->
                Stream.of(
                    resolver -> resolver.txt(name),
                    resolver -> resolver.ipv4(name),
                    resolver -> resolver.ipv6(name),
                    resolver -> resolver.mx(name),
                    resolver -> resolver.alias(name))),
        Stream.of("192.0.2.1", "192.0.2.9", "2001:db8::1")
            .map(InetAddress::ofLiteral)
            .map(address -> resolver -> resolver.ptr(address)));
  }

  @Test
  void theFiveAnswers() {
    var resolver = new NetworkResolver(settings(server, Duration.ofSeconds(30)));
    assertThat(resolver.mx(DnsName.of("alias.example.com")))
        .isEqualTo(
            new Answer.Found<>(
                List.of(new MailExchanger(10, Optional.of(DnsName.of("mail.example.com")))),
                false));
    assertThat(resolver.txt(DnsName.of("nowhere.example.com")))
        .isEqualTo(new Answer.NoSuchName<>(false));
    assertThat(resolver.txt(DnsName.of("mail.example.com"))).isEqualTo(new Answer.NoData<>(false));
    assertThat(resolver.txt(DnsName.of("broken.example.com")))
        .isEqualTo(new Answer.ServerFailure<>("SERVFAIL"));
    assertThat(
            new NetworkResolver(settings(server, Duration.ofMillis(200)))
                .txt(DnsName.of("silent.example.com")))
        .isEqualTo(new Answer.Timeout<>());
  }

  /** As docs/dns.md has it. */
  @Test
  void theManual() {
    var settings = ResolverSettings.of(new NameServers(List.of(server.address()), true));
    var resolver =
        new CachingResolver(new NetworkResolver(settings), settings, InstantSource.system());
    Resolver budgeted = new BudgetedResolver(resolver, Budget.DEFAULT, InstantSource.system());
    String result =
        switch (budgeted.txt(DnsName.of("alias.example.com"))) {
          case Answer.Found<String>(List<String> texts, boolean _) -> texts.getFirst();
          case Answer.NoSuchName<String> _, Answer.NoData<String> _ -> "nothing";
          case Answer.ServerFailure<String>(String reason) -> reason;
          case Answer.Timeout<String>() -> "silence";
        };
    assertThat(result).isEqualTo("v=spf1 -all");
  }

  @Test
  void authenticated() throws IOException {
    try (DnsServer signed = DnsServer.start(new Zone().txt("a.example", "x").authenticated())) {
      var resolver = new NetworkResolver(settings(signed, Duration.ofSeconds(30)));
      assertThat(resolver.txt(DnsName.of("a.example")))
          .isEqualTo(new Answer.Found<>(List.of("x"), true));
      assertThat(resolver.txt(DnsName.of("b.example"))).isEqualTo(new Answer.NoSuchName<>(true));
    }
  }

  /** Nothings have a SOA record, so both kinds are remembered: for the time of the zone. */
  @Test
  void rememberedAsTheZoneSays() throws IOException {
    for (int seconds : new int[] {60, 0}) {
      Zone zone = new Zone().txt("a.example", "x").ttl(seconds);
      try (DnsServer own = DnsServer.start(zone)) {
        ResolverSettings settings = settings(own, Duration.ofSeconds(30));
        var resolver =
            new CachingResolver(new NetworkResolver(settings), settings, InstantSource.system());
        for (int i = 0; i < 2; i++) {
          resolver.txt(DnsName.of("a.example"));
          resolver.mx(DnsName.of("a.example"));
          resolver.txt(DnsName.of("b.example"));
        }
        assertThat(own.questions()).hasSize(seconds == 0 ? 6 : 3);
      }
    }
  }

  @Test
  void questionsAreRemembered() throws IOException {
    try (DnsServer own = DnsServer.start(ZONE)) {
      var resolver = new NetworkResolver(settings(own, Duration.ofSeconds(30)));
      resolver.txt(DnsName.of("long.example.com"));
      resolver.ptr(InetAddress.ofLiteral("192.0.2.1"));
      assertThat(own.questions())
          .containsExactly(
              "TXT long.example.com", "TCP TXT long.example.com", "PTR 1.2.0.192.in-addr.arpa");
    }
  }

  /** Without EDNS an answer has 512 octets at most. */
  @Test
  void cutToSize() throws IOException {
    Message query = Message.newQuery(question("many.example.com", Type.A));
    byte[] answer = ask(query.toWire());
    assertThat(answer).hasSizeLessThanOrEqualTo(512);
    assertThat(answer[2] & 2).isEqualTo(2);
  }

  @Test
  void closed() throws IOException {
    DnsServer gone = DnsServer.start(ZONE);
    gone.close();
    var resolver = new NetworkResolver(settings(gone, Duration.ofSeconds(30)));
    assertThat(resolver.txt(DnsName.of("example.com")))
        .isEqualTo(new Answer.ServerFailure<>("no name server there"));
  }

  // What mail servers and strangers send besides.

  @Test
  void otherTypesHaveNoData() throws IOException {
    Message answer = new Message(ask(Message.newQuery(question("example.com", 65)).toWire()));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
  }

  @Test
  void garbage() throws IOException {
    byte[] query = Message.newQuery(question("example.com", Type.TXT)).toWire();
    byte[] cut = Arrays.copyOf(query, query.length - 3);
    assertThat(ask(cut)[3]).isEqualTo((byte) Rcode.FORMERR);
    query[2] = 0x20;
    assertThat(ask(query)[3] & 15).isEqualTo(Rcode.NOTIMP);
  }

  private static Record question(String name, int type) {
    return Record.newRecord(Name.fromConstantString(name + "."), type, 1);
  }

  private static byte[] ask(byte[] query) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(30_000);
      socket.send(new DatagramPacket(query, query.length, server.address()));
      var packet = new DatagramPacket(new byte[4096], 4096);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }
}
