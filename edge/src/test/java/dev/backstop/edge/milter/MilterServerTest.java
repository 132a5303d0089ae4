package dev.backstop.edge.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.edge.UnableToListenException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.testkit.milter.MilterClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MilterServerTest {

  @Test
  void filterSeesWhoWhatAndTheExactBytes() throws Exception {
    var filter = new ExampleFilter();
    try (var fixture = new MilterFixture(filter, MilterFixture.LIMITS);
        MilterClient client = fixture.client().asPostfix()) {
      client.macros('M', "{auth_authen}", "anna");
      client.strings('M', "<Anna@Example.COM>", "SIZE=10");
      assertThat(client.answer()).isEqualTo("continue");
      client.macros('R', "i", "4X\n1");
      client.strings('R', "<user@ours.test>");
      assertThat(client.answer()).isEqualTo("continue");
      client.strings('L', "Subject", "  \u00e4 one\n\ttwo\n three ");
      client.strings('L', "X-Want", "5");
      client.strings('L', "X-Empty", "");
      client.send('N');
      client.send('B', "hello world".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.answer()).isEqualTo("skip");
      client.send('E');
      assertThat(client.answer()).isEqualTo("accept");
      ExampleFilter.Seen seen = filter.seen.take();
      var peer = seen.transaction().peer();
      assertThat(peer.describe()).isEqualTo("192.0.2.1");
      assertThat(peer.name()).isEqualTo("mx.example.com");
      assertThat(peer.helo()).isEqualTo("mx.example.com");
      assertThat(peer.authenticated()).isEqualTo("anna");
      assertThat(peer.submittedLocally()).isFalse();
      assertThat(seen.transaction().queueId()).isEqualTo("4X?1");
      assertThat(seen.transaction().reversePath()).isEqualTo(new Mailbox("Anna", "example.com"));
      assertThat(seen.transaction().recipients()).containsExactly(new Mailbox("user", "ours.test"));
      assertThat(seen.header().getFirst().name()).isEqualTo("Subject");
      // as on the wire: octets as they are, folds CRLF
      assertThat(seen.header().getFirst().value())
          .isEqualTo("  \u00e4 one\r\n\ttwo\r\n three ".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(seen.header().get(2).value()).isEmpty();
      assertThat(seen.body()).isEqualTo("hello");
      assertThat(seen.truncated()).isTrue();
    }
  }

  @Test
  void loginOfOneMessageIsNotThatOfTheNext() throws Exception {
    var filter = new ExampleFilter();
    try (var fixture = new MilterFixture(filter, MilterFixture.LIMITS);
        MilterClient client = fixture.client().asPostfix()) {
      client.macros('M', "{auth_authen}", "anna");
      client.strings('M', "<refused@example.com>");
      assertThat(client.answer()).startsWith("reply 550");
      client.strings('M', "<>"); // no macros at all before this one
      assertThat(client.answer()).isEqualTo("continue");
      client.send('N');
      client.send('E');
      assertThat(client.answer()).isEqualTo("accept");
      assertThat(filter.seen.take().transaction().peer().authenticated()).isNull();
    }
  }

  @Test
  void mailOfTheSendmailCommandIsLocalAndItsNullSenderIsEmpty() throws Exception {
    var filter = new ExampleFilter();
    try (var fixture = new MilterFixture(filter, MilterFixture.LIMITS);
        MilterClient client = fixture.client()) {
      client.negotiate(6, MilterClient.ALL_ACTIONS, MilterClient.ALL_STEPS);
      client.connectedFrom("localhost", 0, "127.0.0.1");
      client.strings('H', "localhost");
      client.strings('M', "");
      assertThat(client.answer()).isEqualTo("continue");
      client.send('N');
      client.send('E');
      assertThat(client.answer()).isEqualTo("accept");
      var transaction = filter.seen.take().transaction();
      assertThat(transaction.reversePath()).isEqualTo(NullReversePath.INSTANCE);
      assertThat(transaction.peer().submittedLocally()).isTrue();
    }
  }

  @Test
  void bodyOfWantedLengthIsWholeAndLargeOnesComeUnharmed() throws Exception {
    var filter = new ExampleFilter();
    try (var fixture = new MilterFixture(filter, MilterFixture.LIMITS);
        MilterClient client = fixture.client().asPostfix()) {
      String body = "0123456789".repeat(50_000);
      client.strings('M', "<>");
      assertThat(client.answer()).isEqualTo("continue");
      client.strings('L', "X-Want", " " + body.length());
      client.send('N');
      for (int at = 0; at < body.length(); at += 62_500) {
        String piece = body.substring(at, at + 62_500);
        client.send('B', piece.getBytes(StandardCharsets.US_ASCII));
        assertThat(client.answer()).isEqualTo("continue");
      }
      client.send('E');
      assertThat(client.answer()).isEqualTo("accept");
      ExampleFilter.Seen seen = filter.seen.take();
      assertThat(seen.body()).isEqualTo(body);
      assertThat(seen.truncated()).isFalse();
    }
  }

  @Test
  void theFilterReadsTheWholeBodyAndTheDoorKeepsOnlyWhatIsWanted() throws Exception {
    var filter = new ExampleFilter();
    try (var fixture = new MilterFixture(filter, MilterFixture.LIMITS);
        MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<>");
      assertThat(client.answer()).isEqualTo("continue");
      client.strings('L', "X-Want", " 5");
      client.strings('L', "X-Read", " all");
      client.send('N');
      for (String piece : List.of("hello, ", "world\r", "\n")) {
        client.send('B', piece.getBytes(StandardCharsets.US_ASCII));
        assertThat(client.answer()).as("not skipped").isEqualTo("continue");
      }
      client.send('E', "last".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.answer()).isEqualTo("accept");
      ExampleFilter.Seen seen = filter.seen.take();
      assertThat(seen.read()).isEqualTo("hello, world\r\nlast");
      assertThat(seen.body()).isEqualTo("hello");
      assertThat(seen.truncated()).isTrue();
    }
  }

  @Test
  void aFilterThatFailsAtTheBodyIsToldAs451() throws Exception {
    var filter = new ExampleFilter();
    try (var fixture = new MilterFixture(filter, MilterFixture.LIMITS);
        MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<>");
      assertThat(client.answer()).isEqualTo("continue");
      client.strings('L', "X-Read", " throw");
      client.send('N');
      client.send('B', "hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.answer()).startsWith("reply 451");
      assertThat(filter.seen).isEmpty();
    }
  }

  @Test
  void newFilterTakesOverAtTheNextMessageOfAnOpenConnection() throws IOException {
    var current = new AtomicReference<TransactionFilter>(new BareMilter.Idle(0));
    try (var fixture = new MilterFixture(new MilterServer(current::get, MilterFixture.LIMITS));
        MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<a@example.com>");
      assertThat(client.answer()).isEqualTo("continue");
      current.set(new ExampleFilter());
      client.strings('R', "<refused@ours.test>");
      assertThat(client.answer()).as("one transaction, one filter").isEqualTo("continue");
      client.send('N');
      client.send('E');
      assertThat(client.answer()).isEqualTo("accept");
      client.strings('M', "<refused@example.com>");
      assertThat(client.answer()).startsWith("reply 550");
    }
  }

  @Test
  void slowDecisionsSendProgress() throws IOException {
    var times = MilterFixture.TIMES;
    var quick =
        new Limits.Times(
            times.idle(),
            times.content(),
            times.packet(),
            times.decision(),
            Duration.ofMillis(4),
            times.drain());
    var gate = new GateFilter();
    try (var fixture = new MilterFixture(gate, new Limits(Limits.Sizes.DEFAULT, quick));
        MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<>");
      assertThat(client.answer()).isEqualTo("progress");
      assertThat(client.answer()).isEqualTo("progress");
      gate.open();
      String answer = client.answer();
      while (answer.equals("progress")) {
        answer = client.answer();
      }
      assertThat(answer).isEqualTo("continue");
      assertThat(fixture.server.counters().progressSent.sum()).isGreaterThanOrEqualTo(2);
      // none after the answer
      client.send('N');
      client.send('E');
      assertThat(client.answer()).isEqualTo("accept");
    }
  }

  @Test
  void closingLetsARunningMessageEndAndDropsIdleConnections() throws Exception {
    var limits =
        new Limits(
            Limits.Sizes.DEFAULT,
            new Limits.Times(
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMillis(40),
                Duration.ofMinutes(1),
                Duration.ofMillis(40),
                Duration.ofMinutes(1)));
    var fixture = new MilterFixture(new ExampleFilter(), limits);
    try (MilterClient idle = fixture.client().asPostfix();
        MilterClient busy = fixture.client().asPostfix()) {
      busy.strings('M', "<>");
      assertThat(busy.answer()).isEqualTo("continue");
      Thread closing = Thread.ofVirtual().start(fixture::close);
      assertThat(idle.isClosed()).isTrue();
      busy.send('N');
      busy.send('E');
      assertThat(busy.answer()).isEqualTo("accept");
      assertThat(busy.isClosed()).isTrue();
      closing.join();
      assertThatThrownBy(fixture::client).isInstanceOf(IOException.class);
    }
  }

  @Test
  void unixSocketIsForOwnerAndGroupAndGoesAway(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("milter.sock");
    try (var server = new MilterServer(ExampleFilter::new, MilterFixture.LIMITS)) {
      server.start(List.of(ListenAddress.parse("unix:" + path)));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-rw----");
      try (var client = new MilterClient(UnixDomainSocketAddress.of(path))) {
        client.asPostfix().strings('M', "<>");
        assertThat(client.answer()).isEqualTo("continue");
      }
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void staleSocketIsReplacedButNeitherALivingOneNorAFile(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("milter.sock");
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    var address = List.of(ListenAddress.parse("unix:" + path));
    try (var server = new MilterServer(ExampleFilter::new, MilterFixture.LIMITS);
        var second = new MilterServer(ExampleFilter::new, MilterFixture.LIMITS)) {
      server.start(address);
      assertThatThrownBy(() -> second.start(address))
          .isInstanceOf(UnableToListenException.class)
          .hasMessageContaining("milter cannot listen on unix:" + path)
          .hasMessageContaining("another program answers there");
    }
    Files.writeString(path, "precious");
    try (var server = new MilterServer(ExampleFilter::new, MilterFixture.LIMITS)) {
      assertThatThrownBy(() -> server.start(address))
          .isInstanceOf(UnableToListenException.class)
          .hasMessageContaining("no socket; remove it");
    }
    assertThat(path).hasContent("precious");
  }

  @Test
  void takenPortIsSaidWithARemedyAndNothingStaysOpen() throws IOException {
    try (var first = new MilterFixture(new ExampleFilter(), MilterFixture.LIMITS);
        var second = new MilterServer(ExampleFilter::new, MilterFixture.LIMITS)) {
      var taken = ListenAddress.parse("127.0.0.1:" + first.port());
      assertThatThrownBy(() -> second.start(List.of(ListenAddress.parse("[::1]:0"), taken)))
          .isInstanceOf(UnableToListenException.class)
          .hasMessageContaining("milter cannot listen on 127.0.0.1:" + first.port())
          .hasMessageContaining("configure another address");
    }
  }
}
