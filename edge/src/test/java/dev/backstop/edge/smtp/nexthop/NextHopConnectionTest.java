package dev.backstop.edge.smtp.nexthop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions with a hop that behaves, and with hops that do not. */
@Timeout(60)
class NextHopConnectionTest {
  private final Fixture fixture = new Fixture();

  /** Talks on a virtual thread, as sessions do, and hands on what that throws. */
  interface Talk {
    void with(NextHopConnection connection) throws Exception;
  }

  private void talk(ScriptedHop hop, NextHop address, Talk talk) throws Exception {
    try (hop;
        NextHops hops = fixture.hops(address)) {
      var failure = new AtomicReference<Throwable>();
      Thread.ofVirtual()
          .start(() -> {
            try (NextHopConnection connection = hops.open(Fixture.CLIENT)) {
              talk.with(connection);
            } catch (Throwable e) {
              failure.set(e);
            }
          })
          .join();
      if (failure.get() != null) {
        throw new AssertionError(failure.get());
      }
      assertThat(hops.counters().open.sum()).isZero();
      assertThat(fixture.buffers.used()).isZero();
      assertThat(hop.end()).isEqualTo("done");
    }
  }

  private static void write(NextHopConnection connection, String octets) throws IOException {
    byte[] bytes = octets.getBytes(ISO_8859_1);
    connection.write(bytes, 0, bytes.length);
  }

  private static void beginMessage(ScriptedHop.Peer peer) throws IOException {
    peer.greet();
    peer.answer("MAIL FROM:<>", "250 2.1.0 ok");
    peer.answer("RCPT TO:<a@b.test>", "250 2.1.5 ok");
    peer.answer("DATA", "354 go on");
  }

  private static void beginMessage(NextHopConnection connection) throws IOException {
    assertThat(connection.command("MAIL FROM:<>").code()).isEqualTo(250);
    assertThat(connection.command("RCPT TO:<a@b.test>").code()).isEqualTo(250);
    assertThat(connection.data().isIntermediate()).isTrue();
  }

  @Test
  void handsOnTransactionsAndBringsBackTheReplies() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet("SIZE 1000", "8BITMIME");
          peer.answer("MAIL FROM:<a@b.test> SIZE=10", "250 2.1.0 ok");
          peer.answer("RCPT TO:<no@b.test>", "550-5.1.1 nobody|550 5.1.1 of that name");
          peer.answer("RCPT TO:<c@b.test>", "250 2.1.5 ok");
          peer.answer("DATA", "354 go on");
          assertThat(peer.message()).isEqualTo("Subject: x\r\n\r\n..dot\r\n");
          peer.say("250 2.0.0 queued as 1");
          peer.answer("MAIL FROM:<a@b.test>", "452 4.2.2 full");
          peer.expect("QUIT");
          peer.expect("closed");
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          assertThat(connection.capabilities().size()).hasValue(1000);
          assertThat(connection.command("MAIL FROM:<a@b.test> SIZE=10").isPositive()).isTrue();
          assertThat(connection.command("RCPT TO:<no@b.test>").octets())
              .asString()
              .isEqualTo("550-5.1.1 nobody\r\n550 5.1.1 of that name\r\n");
          assertThat(connection.command("RCPT TO:<c@b.test>").isPositive()).isTrue();
          assertThat(connection.data().code()).isEqualTo(354);
          write(connection, "Subject: x\r\n\r");
          write(connection, "\n..dot\r\n");
          assertThat(connection.end()).hasToString("250 2.0.0 queued as 1");
          assertThat(connection.isOpen()).isTrue();
          assertThat(connection.command("MAIL FROM:<a@b.test>").isTemporary()).isTrue();
          assertThat(connection.isOpen()).isTrue();
        });
  }

  @Test
  void largeMessageArrivesWhole() throws Exception {
    String line = "x".repeat(76) + "\r\n";
    var hop =
        new ScriptedHop(peer -> {
          beginMessage(peer);
          assertThat(peer.message()).isEqualTo(line.repeat(20_000));
          peer.say("250 ok");
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          beginMessage(connection);
          for (int i = 0; i < 200; i++) {
            write(connection, line.repeat(100));
          }
          assertThat(connection.end().code()).isEqualTo(250);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 ok", "451 no", "250 2.0.0 queued as 1\r\n250 ok"})
  void replyBeforeTheDotIsABrokenHopAndNeverASuccess(String early) throws Exception {
    var said = new CountDownLatch(1);
    var hop =
        new ScriptedHop(peer -> {
          beginMessage(peer);
          peer.say(early);
          said.countDown();
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          beginMessage(connection);
          write(connection, "text\r\n");
          said.await();
          Fixture.await(() -> !connection.isOpen());
          assertThatThrownBy(connection::end)
              .isInstanceOf(BrokenHopException.class)
              .hasMessage("next hop " + hop.hop() + " sent something before it was asked");
          assertThat(connection.isOpen()).isFalse();
        });
  }

  @Test
  void replyThatComesWithThe354IsNotTakenForTheMessage() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.answer("DATA", "354 go on|250 ok");
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          assertThat(connection.data().code()).isEqualTo(354);
          assertThatThrownBy(connection::end).isInstanceOf(BrokenHopException.class);
        });
  }

  @Test
  void largeMessageIsNotSentToItsEndWhenTheHopSpeaksBefore() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          beginMessage(peer);
          peer.say("552 5.3.4 too large");
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          beginMessage(connection);
          assertThatThrownBy(
                  () -> {
                    while (true) {
                      write(connection, "0123456789\r\n".repeat(1000));
                    }
                  })
              .isInstanceOf(BrokenHopException.class);
        });
  }

  @Test
  void octetsBehindTheReplyToTheMessageEndTheConnectionAndNotTheReply() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          beginMessage(peer);
          peer.message();
          peer.say("250 ok|250 ok");
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          beginMessage(connection);
          write(connection, "text\r\n");
          assertThat(connection.end().code()).isEqualTo(250);
          assertThat(connection.isOpen()).isFalse();
          assertThatThrownBy(() -> connection.command("RSET"))
              .isInstanceOf(BrokenHopException.class);
        });
  }

  @Test
  void messageWithoutALastLineEndGetsOneAndAnEmptyOneNothing() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          for (String expected : new String[] {"no end\r\n", ""}) {
            peer.answer("DATA", "354 go on");
            assertThat(peer.message()).isEqualTo(expected);
            peer.say("250 ok");
          }
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          connection.data();
          write(connection, "no end");
          assertThat(connection.end().code()).isEqualTo(250);
          connection.data();
          assertThat(connection.end().code()).isEqualTo(250);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 4.3.2 closing", "250 hello?"})
  void whatTheHopSaysUnaskedIsSeenBeforeACommand(String unasked) throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.say(unasked);
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          Fixture.await(() -> !connection.isOpen());
          assertThatThrownBy(() -> connection.command("MAIL FROM:<>"))
              .isInstanceOf(BrokenHopException.class);
        });
  }

  @Test
  void hopThatHasClosedIsSeenBeforeACommand() throws Exception {
    var hop = new ScriptedHop(peer -> peer.greet());
    talk(hop, hop.hop(), connection -> Fixture.await(() -> !connection.isOpen()));
  }

  @Test
  void reply421IsTheLastOne() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.answer("MAIL FROM:<>", "421 4.3.2 closing");
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          assertThat(connection.command("MAIL FROM:<>").code()).isEqualTo(421);
          assertThat(connection.isOpen()).isFalse();
        });
  }

  @Test
  void closingWithinAMessageCutsItOffWithoutAQuitInIt() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          beginMessage(peer);
          assertThat(peer.hear()).isEqualTo("closed");
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          beginMessage(connection);
          write(connection, "text\r\n");
        });
  }

  @Test
  void closingByAnotherThreadEndsWhoeverWaitsForAReply() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.expect("NOOP");
          peer.expect("closed");
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          Thread closer =
              Thread.ofVirtual()
                  .start(() -> {
                    Fixture.await(() -> hop.connections.get() == 1);
                    connection.close();
                  });
          // either it is closed within the exchange, or before it
          assertThatThrownBy(() -> connection.command("NOOP"))
              .isInstanceOf(BrokenHopException.class);
          closer.join();
          hop.ends.take();
          hop.ends.add("done"); // what the hop saw depends on that
        });
  }

  @Test
  void messageThatAnotherThreadHasCutOffIsABrokenHop() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          beginMessage(peer);
          assertThat(peer.hear()).isEqualTo("closed");
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          beginMessage(connection);
          write(connection, "text\r\n");
          Thread.ofVirtual().start(connection::close).join();
          assertThatThrownBy(() -> write(connection, "text\r\n"))
              .isInstanceOf(BrokenHopException.class);
          assertThatThrownBy(connection::end).isInstanceOf(BrokenHopException.class);
        });
  }

  @Test
  void lmtpAnswersForEachRecipientAndTheWorstCounts() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.say("220 hop.test LMTP");
          peer.answer("LHLO us.test", "250-hop.test|250 PIPELINING");
          for (String replies :
              new String[] {"250 a|550 b|452 c", "250 a|250 b|550 c", "250 a|250 b|250 c"}) {
            peer.answer("MAIL FROM:<>", "250 ok");
            peer.answer("RCPT TO:<1>", "250 ok");
            peer.answer("RCPT TO:<no>", "550 no");
            peer.answer("RCPT TO:<2>", "250 ok");
            peer.answer("RCPT TO:<3>", "250 ok");
            peer.answer("DATA", "354 go on");
            peer.message();
            peer.say(replies);
          }
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.lmtp(),
        connection -> {
          for (String worst : new String[] {"452 c", "550 c"}) {
            lmtpMessage(connection);
            assertThat(connection.end()).hasToString(worst);
          }
          lmtpMessage(connection);
          assertThat(connection.endForEach())
              .extracting(HopReply::toString)
              .containsExactly("250 a", "250 b", "250 c");
          assertThat(connection.isOpen()).isTrue();
        });
  }

  private static void lmtpMessage(NextHopConnection connection) throws IOException {
    connection.command("MAIL FROM:<>");
    for (String recipient : new String[] {"1", "no", "2", "3"}) {
      connection.command("RCPT TO:<" + recipient + ">");
    }
    assertThat(connection.data().code()).isEqualTo(354);
    write(connection, "text\r\n");
  }

  @Test
  void positiveReplyToDataIsABrokenHop() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.answer("DATA", "250 ok");
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> assertThatThrownBy(connection::data).isInstanceOf(BrokenHopException.class));
  }

  @Test
  void refusalOfDataIsAReplyAndTheConnectionGoesOn() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.answer("DATA", "554 5.5.1 no valid recipients");
          peer.answer("RSET", "250 ok");
          peer.awaitEnd();
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          assertThat(connection.data().code()).isEqualTo(554);
          assertThatThrownBy(connection::end).isInstanceOf(IllegalStateException.class);
          assertThat(connection.command("RSET").code()).isEqualTo(250);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP\r\nDATA", "NOOP\nX", "NOOP\0"})
  void commandIsOneLine(String line) throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.answer("QUIT", "221 bye");
        });
    talk(
        hop,
        hop.hop(),
        connection ->
            assertThatThrownBy(() -> connection.command(line))
                .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void wordsInAMessageAreNoCommands() throws Exception {
    var hop =
        new ScriptedHop(peer -> {
          peer.greet();
          peer.answer("DATA", "354 go on");
          peer.expect("closed");
        });
    talk(
        hop,
        hop.hop(),
        connection -> {
          connection.data();
          assertThatThrownBy(() -> connection.command("RSET"))
              .isInstanceOf(IllegalStateException.class);
        });
  }
}
