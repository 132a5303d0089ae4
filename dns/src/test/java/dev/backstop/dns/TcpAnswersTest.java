package dev.backstop.dns;

import static dev.backstop.dns.Packets.a;
import static dev.backstop.dns.Packets.to;
import static dev.backstop.dns.Packets.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Record;

/** What does not fit into UDP, and how it can go wrong. */
@Timeout(60)
class TcpAnswersTest {
  private static final String NAME = "mail.example";
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** Over TCP, after an empty answer with TC over UDP. */
  interface TcpScript {
    void write(byte[] query, OutputStream out) throws Exception;
  }

  private static ScriptedServer server(TcpScript script) {
    return ScriptedServer.start(
        new ScriptedServer.Script() {
          @Override
          public List<byte[]> udp(byte[] query) {
            return to(query).flag(Flags.TC, true).once();
          }

          @Override
          public void tcp(byte[] query, OutputStream out) throws Exception {
            script.write(query, out);
          }
        });
  }

  private static NetworkResolver resolver(ScriptedServer server, Duration tryTime) {
    var servers = new NameServers(List.of(server.address()), true);
    return new NetworkResolver(new ResolverSettings(servers, tryTime, 1, PATIENT, 0, 0));
  }

  private static Answer<String> ask(TcpScript script, Duration tryTime) {
    try (ScriptedServer server = server(script)) {
      return resolver(server, tryTime).txt(DnsName.of(NAME));
    }
  }

  @Test
  void aTextOf64kB() {
    String[] strings = Collections.nCopies(255, "x".repeat(255)).toArray(String[]::new);
    Answer<String> answer =
        ask((query, out) -> out.write(to(query).answer(txt(NAME, 60, strings)).framed()), PATIENT);
    assertThat(answer).isEqualTo(new Answer.Found<>(List.of("x".repeat(255 * 255)), false));
  }

  @Test
  void thousandsOfRecords() {
    Record[] records =
        IntStream.range(0, 4_000)
            .mapToObj(i -> a(NAME, "192.0." + i / 256 + "." + i % 256))
            .toArray(Record[]::new);
    try (ScriptedServer server =
        server((query, out) -> out.write(to(query).answer(records).framed()))) {
      List<InetAddress> found = resolver(server, PATIENT).ipv4(DnsName.of(NAME)).records();
      assertThat(found).hasSize(AnswerReader.MAX_RECORDS);
      assertThat(found.getFirst()).isEqualTo(InetAddress.ofLiteral("192.0.0.0"));
      assertThat(found.getLast()).isEqualTo(InetAddress.ofLiteral("192.0.3.231"));
    }
  }

  @Test
  void inSmallPieces() {
    Answer<String> answer =
        ask(
            (query, out) -> {
              for (byte octet : to(query).answer(txt(NAME, 60, "x")).framed()) {
                out.write(octet);
                out.flush();
              }
            },
            PATIENT);
    assertThat(answer.records()).containsExactly("x");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void brokenAnswers(String what, TcpScript script, String reason) {
    assertThat(ask(script, PATIENT)).as(what).isEqualTo(new Answer.ServerFailure<>(reason));
  }

  static Stream<Arguments> brokenAnswers() {
    return Stream.of(
        broken("closed at once", (_, _) -> {}, "name server broke off"),
        broken("one octet", (_, out) -> out.write(0), "name server broke off"),
        broken(
            "a length that is too long",
            (query, out) -> {
              byte[] framed = to(query).framed();
              framed[0] = 9;
              out.write(framed);
            },
            "name server broke off"),
        broken(
            "a length that is too short",
            (query, out) -> {
              byte[] framed = to(query).answer(txt(NAME, 60, "x")).framed();
              framed[1] = (byte) (framed[1] - 5);
              out.write(framed);
            },
            "garbled answer"),
        broken("a length of nothing", (_, out) -> out.write(new byte[2]), foreign()),
        broken(
            "another ID",
            (query, out) -> {
              byte[] framed = to(query).framed();
              framed[3] = (byte) (framed[3] ^ 1);
              out.write(framed);
            },
            foreign()),
        broken(
            "cut again",
            (query, out) -> out.write(to(query).flag(Flags.TC, true).framed()),
            foreign()),
        broken("an answer to HTTP", (_, out) -> out.write(http()), "name server broke off"));
  }

  private static byte[] http() {
    return Arrays.copyOf(new byte[] {'H', 'T', 'T', 'P', '/', '1', '.', '1'}, 100);
  }

  private static String foreign() {
    return "answer to another question";
  }

  private static Arguments broken(String what, TcpScript script, String reason) {
    return arguments(what, script, reason);
  }

  @Test
  void stalls() {
    var end = new CountDownLatch(1);
    Answer<String> silent = ask((_, _) -> end.await(), SHORT);
    Answer<String> halfway =
        ask(
            (query, out) -> {
              out.write(to(query).answer(txt(NAME, 60, "x")).framed(), 0, 20);
              end.await();
            },
            SHORT);
    end.countDown();
    assertThat(silent).isEqualTo(new Answer.Timeout<>());
    assertThat(halfway).isEqualTo(new Answer.Timeout<>());
  }

  /** Each octet comes in time, the whole does not. */
  @Test
  void drips() {
    Answer<String> answer =
        ask(
            (_, out) -> {
              out.write(new byte[] {127, 127});
              while (true) {
                out.write(0);
                Thread.sleep(5);
              }
            },
            SHORT);
    assertThat(answer).isEqualTo(new Answer.Timeout<>());
  }

  @Test
  void noTcpThere() {
    try (ScriptedServer server =
        ScriptedServer.start(query -> to(query).flag(Flags.TC, true).once())) {
      assertThat(resolver(server, PATIENT).txt(DnsName.of(NAME)))
          .isEqualTo(new Answer.ServerFailure<>("name server broke off"));
    }
  }

  /** A server that sends more over UDP than we said we take. */
  @Test
  void moreThanTheBuffer() {
    String[] strings = Collections.nCopies(30, "x".repeat(255)).toArray(String[]::new);
    try (ScriptedServer server =
        ScriptedServer.start(
            new ScriptedServer.Script() {
              @Override
              public List<byte[]> udp(byte[] query) {
                return to(query).answer(txt(NAME, 60, strings)).once();
              }

              @Override
              public void tcp(byte[] query, OutputStream out) throws Exception {
                out.write(to(query).answer(txt(NAME, 60, strings)).framed());
              }
            })) {
      assertThat(resolver(server, PATIENT).txt(DnsName.of(NAME)).records())
          .containsExactly("x".repeat(30 * 255));
    }
  }
}
