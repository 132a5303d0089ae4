package dev.backstop.dns;

import static dev.backstop.dns.Packets.a;
import static dev.backstop.dns.Packets.cname;
import static dev.backstop.dns.Packets.mx;
import static dev.backstop.dns.Packets.soa;
import static dev.backstop.dns.Packets.to;
import static dev.backstop.dns.Packets.txt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

@Timeout(60)
class NetworkResolverTest {
  private static final DnsName NAME = DnsName.of("mail.example");
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(150);

  /** Where one server is silent and another answers, on a busy machine too. */
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static NetworkResolver resolver(Duration tryTime, int tries, ScriptedServer... servers) {
    List<InetSocketAddress> addresses =
        Arrays.stream(servers).map(ScriptedServer::address).toList();
    return new NetworkResolver(
        new ResolverSettings(new NameServers(addresses, true), tryTime, tries, PATIENT, 0, 0));
  }

  private static ScriptedServer answering(Record... records) {
    return ScriptedServer.start(query -> to(query).answer(records).once());
  }

  private static ScriptedServer silent() {
    return ScriptedServer.start(_ -> List.of());
  }

  @Test
  void eachKindOfRecord() throws IOException {
    InetAddress v6 = InetAddress.ofLiteral("2001:db8::1");
    var aaaa = new AAAARecord(Packets.name("mail.example"), DClass.IN, 60, v6);
    var ptr =
        new PTRRecord(
            Packets.name("1.2.0.192.in-addr.arpa"), DClass.IN, 60, Packets.name("Mail.Example"));
    try (ScriptedServer server =
        answering(
            txt("mail.example", 60, "v=spf1 ", "-all"),
            a("mail.example", "192.0.2.1"),
            aaaa,
            mx("mail.example", 10, "MX.example"),
            mx("mail.example", 0, "."),
            ptr)) {
      Resolver resolver = resolver(PATIENT, 1, server);
      assertThat(resolver.txt(NAME).records()).containsExactly("v=spf1 -all");
      InetAddress v4 = InetAddress.ofLiteral("192.0.2.1");
      assertThat(resolver.ipv4(NAME).records()).containsExactly(v4);
      assertThat(resolver.ipv6(NAME).records()).containsExactly(v6);
      assertThat(resolver.mx(NAME).records())
          .containsExactly(
              new MailExchanger(10, Optional.of(DnsName.of("mx.example"))),
              new MailExchanger(0, Optional.empty()));
      assertThat(resolver.ptr(v4).records()).containsExactly(NAME);
      assertThat(resolver.alias(NAME)).isInstanceOf(Answer.NoData.class);
      assertThat(resolver.ptr(Inet6Address.getByAddress(null, mapped(v4), -1)).records())
          .containsExactly(NAME);
    }
  }

  @Test
  void anAliasItselfIsNotFollowed() throws IOException {
    try (ScriptedServer server =
        answering(cname("mail.example", 60, "b.example"), cname("b.example", 60, "c.example"))) {
      assertThat(resolver(PATIENT, 1, server).alias(NAME).records())
          .containsExactly(DnsName.of("b.example"));
    }
  }

  private static byte[] mapped(InetAddress v4) {
    byte[] octets = new byte[16];
    octets[10] = (byte) 0xff;
    octets[11] = (byte) 0xff;
    System.arraycopy(v4.getAddress(), 0, octets, 12, 4);
    return octets;
  }

  /** An octet of a text is a character, whatever it is. */
  @Test
  void octetsOfTexts() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    try (ScriptedServer server =
        ScriptedServer.start(query -> List.of(withText(to(query).bytes(), all)))) {
      assertThat(resolver(PATIENT, 1, server).txt(NAME).records())
          .containsExactly(new String(all, 0, 255, StandardCharsets.ISO_8859_1));
    }
  }

  private static byte[] withText(byte[] packet, byte[] text) {
    byte[] record = new byte[12 + 256];
    byte[] head = {(byte) 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 9, 1, 0, (byte) 255};
    System.arraycopy(text, 0, record, 13, 255);
    System.arraycopy(head, 0, record, 0, head.length);
    byte[] whole = Arrays.copyOf(packet, packet.length + record.length);
    System.arraycopy(record, 0, whole, packet.length, record.length);
    whole[7] = 1;
    return whole;
  }

  /** Octets that zone files would escape go out as they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a\\046b",
        "a\\b",
        "a\u0000b\u0001",
        "a\"b;c@(d)",
        "$origin",
        "*",
        "_dmarc"
      })
  void namesAreOctets(String label) {
    try (ScriptedServer server = ScriptedServer.start(query -> to(query).noSuchName().once())) {
      assertThat(resolver(PATIENT, 1, server).txt(DnsName.of(label + ".example")))
          .isEqualTo(new Answer.NoSuchName<>(false));
      byte[] query = server.queries().getFirst();
      byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
      assertThat(query[12]).isEqualTo((byte) octets.length);
      assertThat(Arrays.copyOfRange(query, 13, 13 + octets.length)).isEqualTo(octets);
      assertThat(query[13 + octets.length]).isEqualTo((byte) 7);
    }
  }

  @Test
  void theLongestName() {
    String label = "a".repeat(63);
    DnsName longest = DnsName.of(String.join(".", label, label, label, "a".repeat(61)));
    try (ScriptedServer server = ScriptedServer.start(query -> to(query).noSuchName().once())) {
      assertThat(resolver(PATIENT, 1, server).mx(longest))
          .isEqualTo(new Answer.NoSuchName<>(false));
    }
  }

  /** A host that is no name is left out; it never becomes the root, which refuses mail. */
  @ParameterizedTest
  @ValueSource(strings = {"a\\.b.example", "a\\255.example"})
  void hostsThatAreNoNames(String host) {
    try (ScriptedServer some = answering(mx("mail.example", 1, host), mx("mail.example", 2, "b"));
        ScriptedServer none = answering(mx("mail.example", 1, host))) {
      assertThat(resolver(PATIENT, 1, some).mx(NAME).records())
          .containsExactly(new MailExchanger(2, Optional.of(DnsName.of("b"))));
      assertThat(resolver(PATIENT, 1, none).mx(NAME))
          .isEqualTo(new Answer.ServerFailure<>("records that cannot be used"));
    }
  }

  @Test
  void aQueryIsHardToForge() throws IOException {
    try (ScriptedServer server = answering(txt("mail.example", 60, "x"))) {
      Resolver resolver = resolver(PATIENT, 1, server);
      for (int i = 0; i < 40; i++) {
        assertThat(resolver.txt(NAME).records()).hasSize(1);
      }
      var ids = new HashSet<Integer>();
      for (byte[] query : server.queries()) {
        ids.add(new Message(query).getHeader().getID());
      }
      assertThat(ids).hasSizeGreaterThan(30);
      assertThat(new HashSet<>(server.ports())).hasSizeGreaterThan(30);
    }
  }

  @Test
  void flagsOfAQuery() throws IOException {
    try (ScriptedServer server = answering(txt("mail.example", 60, "x"))) {
      resolver(PATIENT, 1, server).txt(NAME);
      Message query = new Message(server.queries().getFirst());
      assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
      assertThat(query.getHeader().getFlag(Flags.AD)).isTrue();
      assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
      assertThat(query.getOPT().getFlags()).isZero();
    }
  }

  /** The AD bit counts when it is set all along the way, by servers that are trusted. */
  @ParameterizedTest
  @CsvSource({
    "true, true, true, true",
    "false, true, true, false",
    "true, false, true, false",
    "true, true, false, false",
  })
  void authenticated(boolean trusted, boolean first, boolean second, boolean authenticated) {
    try (ScriptedServer server =
        ScriptedServer.start(query ->
            isFor(query, "b.example")
                ? to(query).flag(Flags.AD, second).answer(txt("b.example", 1, "x")).once()
                : to(query)
                    .flag(Flags.AD, first)
                    .answer(cname("mail.example", 1, "b.example"))
                    .once())) {
      var servers = new NameServers(List.of(server.address()), trusted);
      var resolver = new NetworkResolver(ResolverSettings.of(servers));
      assertThat(resolver.txt(NAME)).isEqualTo(new Answer.Found<>(List.of("x"), authenticated));
    }
  }

  private static boolean isFor(byte[] query, String name) throws IOException {
    return new Message(query).getQuestion().getName().equals(Packets.name(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.NOERROR, Rcode.NXDOMAIN})
  void authenticatedNothing(int rcode) {
    try (ScriptedServer server =
        ScriptedServer.start(query -> to(query).rcode(rcode).flag(Flags.AD, true).once())) {
      Answer<String> answer = resolver(PATIENT, 1, server).txt(NAME);
      assertThat(answer)
          .isEqualTo(
              rcode == Rcode.NOERROR ? new Answer.NoData<>(true) : new Answer.NoSuchName<>(true));
    }
  }

  /** A server that gives one alias at a time, for ever. */
  @Test
  void aliasesAreFollowedToTheirBound() {
    try (ScriptedServer server =
        ScriptedServer.start(query -> {
          Message asked = new Message(query);
          String name = asked.getQuestion().getName().toString();
          return to(query).answer(cname(name, 60, "x" + name)).once();
        })) {
      NetworkResolver resolver = resolver(PATIENT, 1, server);
      assertThat(resolver.txt(NAME)).isEqualTo(new Answer.ServerFailure<>("aliases without end"));
      assertThat(resolver.sent()).isEqualTo(Trail.MAX_ALIASES + 1);
    }
  }

  /** RFC 6891 §7: a server that does not know EDNS is asked without. */
  @ParameterizedTest
  @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP})
  void withoutEdns(int rcode) {
    try (ScriptedServer server =
        ScriptedServer.start(query -> {
          OPTRecord opt = new Message(query).getOPT();
          return opt == null
              ? to(query).answer(txt("mail.example", 60, "x")).once()
              : to(query).rcode(rcode).once();
        })) {
      assertThat(resolver(PATIENT, 1, server).txt(NAME).records()).containsExactly("x");
    }
  }

  // Several servers.

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTAUTH})
  void theNextServerIsAskedAfterARefusal(int rcode) {
    try (ScriptedServer first = ScriptedServer.start(query -> to(query).rcode(rcode).once());
        ScriptedServer second = answering(txt("mail.example", 60, "x"))) {
      assertThat(resolver(PATIENT, 3, first, second).txt(NAME).records()).containsExactly("x");
      assertThat(first.queries()).hasSize(1);
    }
  }

  @Test
  void onlyTheSilentAreAskedAgain() {
    try (ScriptedServer failing =
            ScriptedServer.start(query -> to(query).rcode(Rcode.SERVFAIL).once());
        ScriptedServer silent = silent()) {
      assertThat(resolver(SECOND, 2, failing, silent).txt(NAME))
          .isEqualTo(new Answer.ServerFailure<>("SERVFAIL"));
      assertThat(failing.queries()).hasSize(1);
      assertThat(silent.queries()).hasSize(2);
    }
  }

  @Test
  void aDeadServerCostsOneQuestionOnly() {
    try (ScriptedServer dead = silent();
        ScriptedServer alive = answering(txt("mail.example", 60, "x"))) {
      Resolver resolver = resolver(SECOND, 1, dead, alive);
      for (int i = 0; i < 20; i++) {
        assertThat(resolver.txt(NAME).records()).containsExactly("x");
      }
      assertThat(dead.queries()).hasSize(1);
      assertThat(alive.queries()).hasSize(20);
    }
  }

  /** Times that leave none for the second server: it is the first for the next question. */
  @Test
  void aDeadServerThatUsesUpTheQuestion() {
    try (ScriptedServer dead = silent();
        ScriptedServer alive = answering(txt("mail.example", 60, "x"))) {
      var servers = new NameServers(List.of(dead.address(), alive.address()), true);
      var resolver = new NetworkResolver(new ResolverSettings(servers, PATIENT, 1, SECOND, 0, 0));
      assertThat(resolver.txt(NAME)).isEqualTo(new Answer.Timeout<>());
      assertThat(resolver.txt(NAME).records()).containsExactly("x");
    }
  }

  @Test
  void aSlowServerIsTriedAgainByOneQuestion() {
    var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
    long now = System.nanoTime();
    assertThat(server.isSlow(now)).isFalse();
    server.silent();
    long later = System.nanoTime() + Server.SLOW_NANOS + 2;
    assertThat(server.isSlow(now)).isTrue();
    assertThat(server.isSlow(later)).isFalse();
    assertThat(server.isSlow(later)).isTrue();
    server.answered();
    assertThat(server.isSlow(later)).isFalse();
  }

  @Test
  void noServerThere() {
    ScriptedServer gone = silent();
    gone.close();
    try (ScriptedServer alive = answering(txt("mail.example", 60, "x"))) {
      assertThat(resolver(PATIENT, 1, gone).txt(NAME))
          .isEqualTo(new Answer.ServerFailure<>("no name server there"));
      assertThat(resolver(PATIENT, 1, gone, alive).txt(NAME).records()).containsExactly("x");
    }
  }

  @Test
  void theQuestionsTimeEndsAllTries() {
    try (ScriptedServer server = silent()) {
      var servers = new NameServers(List.of(server.address()), true);
      var settings = new ResolverSettings(servers, PATIENT, 10, SHORT, 0, 0);
      assertThat(new NetworkResolver(settings).txt(NAME)).isEqualTo(new Answer.Timeout<>());
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void aLateAnswerIsNotTakenForTheNext() {
    var late = new AtomicReference<byte[]>(new byte[0]);
    try (ScriptedServer server =
        ScriptedServer.start(query -> {
          byte[] before = late.getAndSet(to(query).answer(txt("mail.example", 1, "1")).bytes());
          return before.length == 0
              ? List.of()
              : List.of(before, to(query).answer(txt("mail.example", 1, "2")).bytes());
        })) {
      Resolver resolver = resolver(SECOND, 10, server);
      assertThat(resolver.txt(NAME).records()).containsExactly("2");
    }
  }

  /** Virtual threads and others alike. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interrupted(boolean virtual) throws InterruptedException {
    var asked = new CountDownLatch(1);
    var answer = new AtomicReference<Answer<String>>();
    var flag = new AtomicReference<Boolean>();
    try (ScriptedServer server =
        ScriptedServer.start(_ -> {
          asked.countDown();
          return List.of();
        })) {
      Resolver resolver = resolver(PATIENT, 3, server);
      Runnable question =
          () -> {
            answer.set(resolver.txt(NAME));
            flag.set(Thread.currentThread().isInterrupted());
          };
      Thread thread = virtual ? Thread.startVirtualThread(question) : new Thread(question);
      if (!virtual) {
        thread.start();
      }
      asked.await();
      thread.interrupt();
      thread.join();
    }
    assertThat(answer.get()).isEqualTo(new Answer.ServerFailure<>("interrupted"));
    assertThat(flag.get()).isTrue();
  }

  @Test
  void questionsUnderWayAreBounded() throws InterruptedException {
    try (ScriptedServer server = silent()) {
      var servers = new NameServers(List.of(server.address()), true);
      var resolver =
          new NetworkResolver(new ResolverSettings(servers, PATIENT, 1, PATIENT, 0, 0), 3);
      List<Thread> threads = new ArrayList<>();
      Runnable ask = () -> resolver.txt(NAME);
      IntStream.range(0, 3).forEach(_ -> threads.add(Thread.startVirtualThread(ask)));
      while (resolver.sent() < 3) { // the first three are under way, whoever comes next waits
        Thread.onSpinWait();
      }
      IntStream.range(0, 2).forEach(_ -> threads.add(Thread.startVirtualThread(ask)));
      while (!threads.stream().allMatch(it -> it.getState() == Thread.State.TIMED_WAITING)) {
        Thread.onSpinWait();
      }
      assertThat(resolver.sent()).isEqualTo(3);
      threads.getFirst().interrupt();
      while (resolver.sent() < 4) {
        Thread.onSpinWait();
      }
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** Right in everything but where it comes from. */
  @Test
  void anAnswerFromElsewhereIsNotTaken() throws IOException {
    var servers = new CopyOnWriteArrayList<ScriptedServer>();
    try (var elsewhere = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        ScriptedServer real =
            ScriptedServer.start(query -> {
              byte[] forged = to(query).answer(txt("mail.example", 60, "forged")).bytes();
              elsewhere.send(
                  new DatagramPacket(
                      forged,
                      forged.length,
                      InetAddress.getLoopbackAddress(),
                      servers.getFirst().ports().getLast()));
              return to(query).answer(txt("mail.example", 60, "real")).once();
            })) {
      servers.add(real);
      assertThat(resolver(PATIENT, 1, real).txt(NAME).records()).containsExactly("real");
    }
  }

  // How long answers last.

  @Test
  void lifetimes() {
    assertThat(seconds(query -> to(query).answer(txt("mail.example", 60, "x")))).isEqualTo(60);
    assertThat(
            seconds(query ->
                to(query).answer(txt("mail.example", 60, "x"), txt("mail.example", 7, "y"))))
        .isEqualTo(7);
    assertThat(seconds(query -> to(query).answer(cname("mail.example", 5, "b"), txt("b", 60, "x"))))
        .isEqualTo(5);
    // RFC 2181 §8
    assertThat(seconds(query -> to(query).answer(txt("mail.example", 1L << 30, "x"))))
        .isEqualTo(1 << 30);
    // RFC 2308 §5: the smaller of the record's TTL and its last field.
    assertThat(seconds(query -> to(query).noSuchName().authority(soa("example", 90, 30))))
        .isEqualTo(30);
    assertThat(seconds(query -> to(query).authority(soa("example", 20, 30)))).isEqualTo(20);
    assertThat(
            seconds(query ->
                to(query)
                    .answer(cname("mail.example", 5, "b.test"))
                    .authority(soa("test", 20, 30))))
        .isEqualTo(5);
    assertThat(seconds(query -> to(query).authority(soa("other", 20, 30)))).isZero();
    assertThat(seconds(query -> to(query).noSuchName())).isZero();
    assertThat(seconds(query -> to(query).rcode(Rcode.SERVFAIL))).isEqualTo(5);
  }

  private interface Script {
    Packets answer(byte[] query);
  }

  private static long seconds(Script script) {
    try (ScriptedServer server = ScriptedServer.start(query -> script.answer(query).once())) {
      return resolver(PATIENT, 1, server).lookup(new Question<>(NAME, Kind.TXT)).seconds();
    }
  }
}
