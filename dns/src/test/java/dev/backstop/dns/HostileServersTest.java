package dev.backstop.dns;

import static dev.backstop.dns.Packets.a;
import static dev.backstop.dns.Packets.cname;
import static dev.backstop.dns.Packets.ns;
import static dev.backstop.dns.Packets.soa;
import static dev.backstop.dns.Packets.to;
import static dev.backstop.dns.Packets.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/** Whatever a server sends, it ends as one of the five answers, and in time. */
@Timeout(60)
class HostileServersTest {
  private static final String NAME = "mail.example";
  private static final Answer<String> SILENCE = new Answer.Timeout<>();
  private static final Answer<String> NO_NAME = new Answer.NoSuchName<>(false);
  private static final Answer<String> NO_DATA = new Answer.NoData<>(false);

  /** Long enough for a busy machine where an answer comes. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** Where nothing comes, that is waited for. */
  private static final Duration SHORT = Duration.ofMillis(150);

  private static Answer<String> found(String... texts) {
    return new Answer.Found<>(List.of(texts), false);
  }

  private static Answer<String> failure(String reason) {
    return new Answer.ServerFailure<>(reason);
  }

  private static Answer<String> ask(ScriptedServer.Script script, Duration tryTime) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      var servers = new NameServers(List.of(server.address()), true);
      var settings = new ResolverSettings(servers, tryTime, 1, PATIENT, 0, 0);
      return new NetworkResolver(settings).txt(DnsName.of(NAME));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void onePacket(String what, Function<byte[], byte[]> script, Answer<String> answer) {
    assertThat(ask(query -> List.of(script.apply(query)), PATIENT)).as(what).isEqualTo(answer);
  }

  static Stream<Arguments> onePacket() {
    return Stream.of(
        // What a good server says.
        packet("a record", q -> to(q).answer(txt(NAME, 60, "one", "two")), found("onetwo")),
        packet("no strings", q -> to(q).answer(txt(NAME, 60, "")), found("")),
        packet("no name", q -> to(q).noSuchName().authority(soa("example", 60, 60)), NO_NAME),
        packet("no data", q -> to(q).authority(soa("example", 60, 60)), NO_DATA),
        packet("no name, no SOA", q -> to(q).noSuchName(), NO_NAME),
        packet("no data, no SOA", q -> to(q), NO_DATA),
        packet("another case", q -> to(q).answer(txt("MAIL.Example", 60, "x")), found("x")),
        packet(
            "twice the same", q -> to(q).answer(txt(NAME, 60, "x"), txt(NAME, 9, "x")), found("x")),
        // Refusals.
        packet("SERVFAIL", q -> to(q).rcode(Rcode.SERVFAIL), failure("SERVFAIL")),
        packet("REFUSED", q -> to(q).rcode(Rcode.REFUSED), failure("REFUSED")),
        packet("NOTIMP", q -> to(q).rcode(Rcode.NOTIMP), failure("NOTIMP")),
        packet("FORMERR", q -> to(q).rcode(Rcode.FORMERR), failure("FORMERR")),
        packet("YXDOMAIN", q -> to(q).rcode(Rcode.YXDOMAIN), failure("YXDOMAIN")),
        // Servers that do not resolve.
        packet("referral", q -> to(q).authority(ns("example", "ns.example")), lame()),
        packet("nothing", q -> to(q).flag(Flags.RA, false), lame()),
        packet(
            "its own zone",
            q ->
                to(q)
                    .flag(Flags.RA, false)
                    .flag(Flags.AA, true)
                    .authority(ns("example", "n.example")),
            NO_DATA),
        // Aliases.
        packet(
            "alias",
            q -> to(q).answer(cname(NAME, 60, "b.example"), txt("b.example", 60, "x")),
            found("x")),
        packet(
            "alias, the other way round",
            q -> to(q).answer(txt("b.example", 60, "x"), cname(NAME, 60, "b.example")),
            found("x")),
        packet(
            "ten aliases",
            q -> to(q).answer(chain(10)).answer(txt("a10.example", 60, "x")),
            found("x")),
        packet(
            "eleven aliases",
            q -> to(q).answer(chain(11)).answer(txt("a11.example", 60, "x")),
            endless()),
        packet("alias of itself", q -> to(q).answer(cname(NAME, 60, NAME)), endless()),
        packet(
            "a circle",
            q -> to(q).answer(cname(NAME, 60, "b.example"), cname("b.example", 60, NAME)),
            endless()),
        packet(
            "alias to no name",
            q -> to(q).noSuchName().answer(cname(NAME, 60, "b.example")),
            NO_NAME),
        packet(
            "alias to no data",
            q -> to(q).answer(cname(NAME, 60, "b.test")).authority(soa("test", 60, 60)),
            NO_DATA),
        // Contradictions, and what was not asked for.
        packet(
            "records of no name",
            q -> to(q).noSuchName().answer(txt(NAME, 60, "x")),
            failure("records of a name that does not exist")),
        packet("record of another name", q -> to(q).answer(txt("evil.example", 60, "x")), NO_DATA),
        packet("record of another type", q -> to(q).answer(a(NAME, "192.0.2.1")), NO_DATA),
        packet(
            "SOA of another zone",
            q -> to(q).flag(Flags.RA, false).authority(soa("other", 60, 60)),
            lame()),
        // Octets that are no packet.
        arguments("zeros", bytes(q -> Arrays.copyOf(to(q).bytes(), 500)), NO_DATA),
        arguments("counts that lie", bytes(q -> with(to(q).bytes(), 6, 0xff, 0xff)), garbled()),
        arguments("one record too many", bytes(q -> with(to(q).bytes(), 7, 1)), garbled()),
        arguments("compression loop", bytes(HostileServersTest::compressionLoop), garbled()),
        arguments("noise after the question", bytes(HostileServersTest::noise), garbled()),
        arguments("bare refusal", bytes(q -> bare(q, Rcode.REFUSED)), failure("REFUSED")));
  }

  private static Arguments packet(
      String what, Function<byte[], Packets> script, Answer<String> answer) {
    return arguments(what, bytes(query -> script.apply(query).bytes()), answer);
  }

  private static Function<byte[], byte[]> bytes(Function<byte[], byte[]> script) {
    return script;
  }

  private static Answer<String> lame() {
    return failure("name server does not resolve for us");
  }

  private static Answer<String> endless() {
    return failure("aliases without end");
  }

  private static Answer<String> garbled() {
    return failure("garbled answer");
  }

  private static Record[] chain(int aliases) {
    return IntStream.range(0, aliases)
        .mapToObj(i -> cname(i == 0 ? NAME : "a" + i + ".example", 60, "a" + (i + 1) + ".example"))
        .toArray(Record[]::new);
  }

  private static byte[] with(byte[] packet, int at, int... octets) {
    for (int i = 0; i < octets.length; i++) {
      packet[at + i] = (byte) octets[i];
    }
    return packet;
  }

  /** A record whose name points to itself. */
  private static byte[] compressionLoop(byte[] query) {
    byte[] packet = to(query).bytes();
    byte[] whole = Arrays.copyOf(packet, packet.length + 40);
    return with(with(whole, 7, 1), packet.length, 0xc0, packet.length);
  }

  private static byte[] noise(byte[] query) {
    byte[] packet = to(query).bytes();
    byte[] noise = new byte[400];
    new Random(1).nextBytes(noise);
    byte[] whole = Arrays.copyOf(packet, packet.length + noise.length);
    System.arraycopy(noise, 0, whole, packet.length, noise.length);
    return with(whole, 7, 20);
  }

  /** A header alone. */
  private static byte[] bare(byte[] query, int rcode) {
    byte[] header = Arrays.copyOf(to(query).rcode(rcode).bytes(), 12);
    return with(header, 5, 0);
  }

  /** None of these is the answer: it is waited for, and comes or does not. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void foreignPackets(String what, Function<byte[], byte[]> script) {
    assertThat(ask(query -> List.of(script.apply(query)), SHORT)).as(what).isEqualTo(SILENCE);
    assertThat(
            ask(
                query -> List.of(script.apply(query), to(query).answer(txt(NAME, 60, "x")).bytes()),
                PATIENT))
        .as(what)
        .isEqualTo(found("x"));
  }

  static Stream<Arguments> foreignPackets() {
    return Stream.of(
        foreign("empty", _ -> new byte[0]),
        foreign("short", q -> Arrays.copyOf(to(q).bytes(), 11)),
        foreign("cut in the question", q -> Arrays.copyOf(to(q).bytes(), 20)),
        foreign("wrong ID", q -> with(evil(q), 0, evil(q)[0] ^ 1)),
        foreign("our own query", q -> q),
        foreign("another operation", q -> with(evil(q), 2, evil(q)[2] | 0x28)),
        foreign("another name", q -> with(evil(q), 13, 'f')),
        foreign("another type", q -> with(evil(q), evil(q).length - 3, 1)),
        foreign("bare answer", q -> bare(q, Rcode.NOERROR)),
        foreign("bare NXDOMAIN", q -> bare(q, Rcode.NXDOMAIN)));
  }

  private static byte[] evil(byte[] query) {
    return to(query).bytes();
  }

  private static Arguments foreign(String what, Function<byte[], byte[]> script) {
    return arguments(what, script);
  }
}
