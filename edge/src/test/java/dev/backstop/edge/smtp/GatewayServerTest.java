package dev.backstop.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.smtp.GatewayFixture.Options;
import dev.backstop.edge.smtp.GatewayFixture.Talk;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayServerTest {
  private static final String MESSAGE = "Subject: a\r\n\r\nbody\r\n";

  @TempDir private Path folder;

  private GatewayFixture open() throws IOException {
    return new GatewayFixture(folder, Options.USUAL);
  }

  @Test
  void aMessageGoesThroughWithTheNextHopsAnswers() throws IOException {
    try (var gate = open();
        Talk client = gate.talk()) {
      gate.hop.answers.put("RCPT TO:<anna@", "250 2.1.5 Anna is here");
      assertThat(client.hear()).isEqualTo("220 gate.test ESMTP Backstop");
      assertThat(client.say("EHLO client.test"))
          .isEqualTo(
              "250-gate.test|250-PIPELINING|250-SIZE 1000000|250-8BITMIME|250-SMTPUTF8"
                  + "|250-ENHANCEDSTATUSCODES|250 CHUNKING");
      assertThat(client.say("MAIL FROM:<joe@else.test> SIZE=100 BODY=8BITMIME"))
          .isEqualTo("250 2.0.0 fine");
      assertThat(client.say("RCPT TO:<anna@ours.test>")).isEqualTo("250 2.1.5 Anna is here");
      assertThat(client.say("DATA")).startsWith("354 ");
      assertThat(client.say(MESSAGE + "..\r\n.")).isEqualTo("250 2.0.0 queued");
      assertThat(client.say("QUIT")).startsWith("221 ");
      assertThat(client.hear()).isEqualTo("closed");
      assertThat(gate.hop.commands)
          .startsWith("EHLO gate.test")
          .contains("MAIL FROM:<joe@else.test> SIZE=100 BODY=8BITMIME", "RCPT TO:<anna@ours.test>");
      assertThat(gate.hop.messages).hasSize(1);
      assertThat(gate.hop.messages.getFirst())
          .startsWith(
              "Received: from client.test ([127.0.0.1])\r\n\tby gate.test (Backstop) with ESMTP id G")
          .endsWith(";\r\n\tThu, 1 Jan 1970 00:00:00 +0000\r\n" + MESSAGE + "..\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550 5.7.1 no, MAIL FROM:<a@else.test>",
    "MAIL, 451 4.7.1 later, MAIL FROM:<a@else.test>",
    "RCPT, 550 5.1.1 nobody, RCPT TO:<b@ours.test>",
    "RCPT, 450 4.2.0 greylisted, RCPT TO:<b@ours.test>",
  })
  void refusalsOfTheNextHopAreTold(String command, String reply, String asked) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      gate.hop.answers.put(command, reply);
      if (command.equals("RCPT")) {
        client.say("MAIL FROM:<a@else.test>");
      }
      assertThat(client.say(asked)).isEqualTo(reply);
      assertThat(client.say("DATA")).startsWith("5");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 5.6.0 spam", "451 4.3.0 later", "452 4.3.1 full"})
  void theAnswerToTheDotIsTheNextHops(String reply) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted().addressed("a@else.test", "b@ours.test")) {
      gate.hop.answers.put(".", reply);
      assertThat(client.say(MESSAGE + ".")).isEqualTo(reply);
      gate.hop.answers.clear();
      client.addressed("a@else.test", "b@ours.test");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
    }
  }

  /** Never 250, and never a refusal for good. */
  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA", "."})
  void aNextHopThatBreaksOffIsATemporaryFailure(String at) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      gate.hop.answers.put(at, RecordingHop.HANG_UP);
      String answer = client.say("MAIL FROM:<a@else.test>");
      if (answer.startsWith("250")) {
        answer = client.say("RCPT TO:<b@ours.test>");
      }
      if (answer.startsWith("250")) {
        client.say("DATA");
        answer = client.say(MESSAGE + ".");
      }
      assertThat(answer).startsWith("451 4.4.2 ");
      assertThat(gate.hop.messages).isEmpty();
      assertThat(gate.server.messages().nextHopFailed.sum()).isPositive();
      assertThat(gate.server.messages().inDoubt.sum()).isEqualTo(at.equals(".") ? 1 : 0);
    }
  }

  /** A client that is told 503 gives up for good, and would have to tell its user. */
  @Test
  void whatFollowsInABrokenTransactionIsATemporaryFailureToo() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      gate.hop.answers.put("RCPT TO:<b", RecordingHop.HANG_UP);
      client.send("MAIL FROM:<x@else.test>\r\nRCPT TO:<a@ours.test>\r\n");
      client.send("RCPT TO:<b@ours.test>\r\nRCPT TO:<c@ours.test>\r\nDATA\r\n");
      assertThat(client.hear()).startsWith("250 ");
      assertThat(client.hear()).startsWith("250 ");
      assertThat(client.hear()).startsWith("451 4.4.2 ");
      assertThat(client.hear()).startsWith("451 4.4.2 ");
      assertThat(client.hear()).startsWith("451 4.4.2 ");
      client.addressed("x@else.test", "a@ours.test");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
    }
  }

  /** Nobody can be told that the message is taken for one recipient and not for the other. */
  @Test
  void recipientsWhoAreAnsweredAnewAndDifferentlyAreATemporaryFailure() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.say("MAIL FROM:<x@else.test>");
      client.say("RCPT TO:<a@ours.test>");
      client.say("RCPT TO:<b@ours.test>");
      client.say("DATA");
      gate.hop.dropConnections();
      gate.hop.answers.put("RCPT TO:<b", "550 5.1.1 gone");
      assertThat(client.say(MESSAGE + ".")).startsWith("451 4.4.2 ");
      gate.hop.answers.clear();
      client.addressed("x@else.test", "b@ours.test");
      gate.hop.dropConnections();
      gate.hop.answers.put("RCPT TO:<b", "550 5.1.1 gone");
      assertThat(client.say(MESSAGE + ".")).isEqualTo("550 5.1.1 gone");
      assertThat(gate.hop.messages).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "530 5.7.0 Must issue STARTTLS first, 451 5.7.0 Must issue STARTTLS first",
    "503 5.5.1 out of order, 451 5.5.1 out of order",
    "421 4.3.2 goodbye, 451 4.3.2 goodbye",
    "354 what, 451 4.4.2",
    "220 what, 250 what",
    "251 forwarded, 251 forwarded",
  })
  void answersThatSpeakOfUsAreATemporaryFailure(String reply, String told) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      gate.hop.answers.put("RCPT", reply);
      client.say("MAIL FROM:<x@else.test>");
      assertThat(client.say("RCPT TO:<a@ours.test>")).startsWith(told);
    }
  }

  @Test
  void aNextHopThatIsDownIsATemporaryFailure() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      gate.hop.close();
      assertThat(client.say("MAIL FROM:<a@else.test>")).startsWith("451 4.4.1 ");
    }
  }

  /** The next hop closes idle connections; the next message must not suffer. */
  @Test
  void aConnectionThatHasGoneIsMadeAgain() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted().addressed("a@else.test", "b@ours.test")) {
      client.say(MESSAGE + ".");
      gate.hop.dropConnections();
      client.addressed("a@else.test", "b@ours.test");
      gate.hop.dropConnections(); // before DATA is said to it: nothing can be doubled
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
      assertThat(gate.hop.messages).hasSize(2);
    }
  }

  @Test
  void aNextHopThatAnswersBeforeTheDotIsBroken() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted().addressed("a@else.test", "b@ours.test")) {
      gate.hop.answers.put("DATA", "354 go\r\n250 2.0.0 queued");
      assertThat(client.say(MESSAGE + ".")).startsWith("451 ");
    }
  }

  @Test
  void theFilterRefuses() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.say("MAIL FROM:<>");
      assertThat(client.say("RCPT TO:<refused@ours.test>"))
          .isEqualTo("550 5.7.1 refused by the filter");
      gate.filter.action = new Action.Refuse(new Reply(550, "5.7.1", "backscatter"));
      client.say("RCPT TO:<b@ours.test>");
      client.say("DATA");
      assertThat(client.say(MESSAGE + ".")).isEqualTo("550 5.7.1 backscatter");
      assertThat(gate.hop.messages).isEmpty();
      assertThat(gate.hop.commands).doesNotContain("DATA");
      gate.filter.action = Action.ACCEPT;
      client.addressed("", "b@ours.test");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
      assertThat(gate.hop.commands).contains("RSET");
    }
  }

  @Test
  void aFilterThatFailsIsATemporaryFailure() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted().addressed("a@else.test", "b@ours.test")) {
      gate.filter.failing = true;
      assertThat(client.say(MESSAGE + ".")).startsWith("451 4.3.0 ");
      assertThat(gate.server.counters().failures.sum()).isEqualTo(1);
    }
  }

  @Test
  void tagsAreTakenOffBeforeTheNextHopIsAsked() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      Mailbox tagged = new Mailbox("tag=b", "ours.test");
      gate.filter.action =
          new Action.Accept(
              List.of(new Edit.ReplaceRecipient(tagged, new Mailbox("b", "ours.test"))));
      client.addressed("", "tag=b@ours.test");
      client.say(MESSAGE + ".");
      assertThat(gate.filter.seen.getFirst().recipients()).containsExactly(tagged);
      assertThat(gate.hop.commands)
          .containsOnlyOnce("RCPT TO:<b@ours.test>")
          .doesNotContain("RSET");
    }
  }

  @Test
  void ourSendersAreSignedFromTheBeginningAndPlainAgainWhereTheFilterSaysSo() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      gate.filter.trusting = true;
      Mailbox signed = new Mailbox("tag=a", "ours.test");
      gate.filter.action = new Action.Accept(List.of(new Edit.ChangeSender(signed)));
      client.addressed("a@ours.test", "x@else.test");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
      assertThat(gate.hop.commands).contains("MAIL FROM:<tag=a@ours.test>").doesNotContain("RSET");
      gate.filter.action = Action.ACCEPT;
      client.addressed("a@ours.test", "x@else.test");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
      assertThat(gate.hop.commands)
          .containsSubsequence(
              "MAIL FROM:<tag=a@ours.test>",
              "RCPT TO:<x@else.test>",
              "RSET",
              "MAIL FROM:<a@ours.test>",
              "RCPT TO:<x@else.test>",
              "DATA");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x@else.test", "x%else.test@ours.test", "else.test!x@ours.test",
            "\"x@else.test\"@ours.test",
        "|prog@ours.test", "/file@ours.test", "x@[127.0.0.1]", "@ours.test:x@else.test"
      })
  void strangersCannotRelay(String recipient) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.say("MAIL FROM:<a@ours.test>");
      assertThat(client.say("RCPT TO:<" + recipient + ">")).startsWith("550 5.7.1 ");
      gate.filter.trusting = true; // counts from the next transaction on
      client.say("RSET");
      client.say("MAIL FROM:<a@ours.test>");
      assertThat(client.say("RCPT TO:<" + recipient + ">")).startsWith("250 ");
    }
  }

  @Test
  void oneAnswerIsForOneRecipientWhereAnswersCouldDiffer() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.say("MAIL FROM:<>");
      client.say("RCPT TO:<a@ours.test>");
      assertThat(client.say("RCPT TO:<b@ours.test>")).startsWith("452 4.5.3 ");
      client.say("RSET");
      client.say("MAIL FROM:<x@else.test>");
      client.say("RCPT TO:<a@ours.test>");
      assertThat(client.say("RCPT TO:<b@ours.test>")).startsWith("250 ");
      gate.filter.alike = false;
      assertThat(client.say("RCPT TO:<c@ours.test>")).startsWith("452 4.5.3 ");
      assertThat(client.say("RCPT TO:<postmaster>")).startsWith("250 ");
    }
  }

  @Test
  void lmtpHasOneRecipientAtATime() throws IOException {
    try (var gate = new GatewayFixture(folder, Options.USUAL.withLmtp());
        Talk client = gate.talk().greeted()) {
      gate.filter.trusting = true;
      client.say("MAIL FROM:<x@else.test>");
      client.say("RCPT TO:<a@ours.test>");
      assertThat(client.say("RCPT TO:<b@ours.test>")).startsWith("452 4.5.3 ");
      gate.hop.answers.put(".", "552 5.2.2 mailbox full");
      client.say("DATA");
      assertThat(client.say(MESSAGE + ".")).isEqualTo("552 5.2.2 mailbox full");
      assertThat(gate.hop.commands).contains("LHLO gate.test");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"< >", "<\"\">", "<@a:>", "<()>", "<undisclosed:;>", "<a>", "<a@>", "<@b>", ""})
  void aSenderThatCannotBeReadNeverBecomesTheNullSender(String path) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      assertThat(client.say("MAIL FROM:" + path)).startsWith("501 ");
      assertThat(gate.hop.commands).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void strangersGetNoDsnAndNothingThatWasNotOffered() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      assertThat(client.say("MAIL FROM:<a@else.test> RET=FULL")).startsWith("555 5.5.4 ");
      assertThat(client.say("MAIL FROM:<a@else.test> BODY=BINARYMIME")).startsWith("501 5.5.4 ");
      assertThat(client.say("MAIL FROM:<a@else.test> AUTH=<>")).startsWith("555 5.5.4 ");
      assertThat(client.say("MAIL FROM:<a@else.test> SIZE=1000001")).startsWith("552 5.3.4 ");
      assertThat(client.say("MAIL FROM:<\u00c3\u00a4@else.test>")).startsWith("553 5.6.7 ");
      assertThat(client.say("MAIL FROM:<a@else.test>")).startsWith("250 ");
      assertThat(client.say("RCPT TO:<b@ours.test> NOTIFY=SUCCESS")).startsWith("555 5.5.4 ");
      gate.filter.trusting = true;
      assertThat(client.say("EHLO client.test")).endsWith("|250 DSN");
      assertThat(client.say("MAIL FROM:<a@else.test> RET=FULL ENVID=x")).startsWith("250 ");
      assertThat(client.say("RCPT TO:<b@ours.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b@x"))
          .startsWith("250 ");
      assertThat(gate.hop.commands)
          .contains("RCPT TO:<b@ours.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b@x");
    }
  }

  @Test
  void addressesBeyondAscii() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      String sender = "MAIL FROM:<\u00c3\u00a4@else.test> SMTPUTF8";
      assertThat(client.say(sender)).startsWith("250 ");
      assertThat(gate.hop.commands).contains(sender);
      client.say("RSET");
      assertThat(client.say("MAIL FROM:<\u00e4@else.test> SMTPUTF8")).startsWith("501 5.5.2 ");
    }
  }

  @Test
  void chunksBecomeData() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.say("MAIL FROM:<a@else.test>");
      client.say("RCPT TO:<b@ours.test>");
      client.send("BDAT 12\r\nSubject: a\r\nBDAT 7\r\n\r\n.dot\r");
      assertThat(client.hear()).startsWith("250 ");
      assertThat(client.hear()).startsWith("250 ");
      assertThat(client.say("RCPT TO:<c@ours.test>")).startsWith("503 ");
      assertThat(client.say("DATA")).startsWith("503 ");
      client.send("BDAT 5 LAST\r\n\nend!");
      assertThat(client.hear()).isEqualTo("250 2.0.0 queued");
      assertThat(gate.hop.messages.getFirst()).endsWith("Subject: a\r\n\r\n..dot\r\nend!\r\n");
    }
  }

  @Test
  void octetsOfRefusedChunksAreNoCommands() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.send("BDAT 6\r\nQUIT\r\nNOOP\r\n");
      assertThat(client.hear()).startsWith("503 ");
      assertThat(client.hear()).startsWith("250 ");
      assertThat(client.say("BDAT 5\0 LAST")).startsWith("521 ");
      assertThat(client.hear()).isEqualTo("closed");
    }
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      assertThat(client.say("BDAT 99999999999999999999 LAST")).startsWith("521 ");
      assertThat(client.hear()).isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\nb\r\n", "a\r\n.\nMAIL FROM:<x@y>\r\n", "a\rb\r\n", "a\0b\r\n", "\n.\r\n"})
  void messagesWithOtherLineEndsAreReadToTheirEndAndRefused(String body) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted().addressed("a@else.test", "b@ours.test")) {
      assertThat(client.say("A: 1\r\n\r\n" + body + ".")).startsWith("550 5.6.0 ");
      assertThat(client.say("NOOP")).startsWith("250 ");
      assertThat(gate.hop.commands).doesNotContain("DATA");
    }
  }

  @Test
  void orRepairedIfWanted() throws IOException {
    try (var gate = new GatewayFixture(folder, Options.USUAL.withRepair());
        Talk client = gate.talk().greeted().addressed("a@else.test", "b@ours.test")) {
      assertThat(client.say("A: 1\n\nb\n.\nc\r\n.")).startsWith("250 ");
      assertThat(gate.hop.messages.getFirst()).endsWith("A: 1\r\n\r\nb\r\n..\r\nc\r\n");
      assertThat(gate.filter.headers.getFirst()).hasSize(1);
    }
  }

  @Test
  void commandsThatComeTogetherAreAnsweredTogether() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.send(
          "MAIL FROM:<a@else.test>\r\nRCPT TO:<x@else.test>\r\nRCPT TO:<b@ours.test>\r\nDATA\r\n");
      assertThat(client.hear()).startsWith("250 ");
      assertThat(client.hear()).startsWith("550 5.7.1 ");
      assertThat(client.hear()).startsWith("250 ");
      assertThat(client.hear()).startsWith("354 ");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
    }
  }

  @Test
  void aMessageSentBeforeItIsAskedForIsNotReadAsCommands() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.say("MAIL FROM:<a@else.test>");
      client.say("RCPT TO:<b@ours.test>");
      client.send("DATA\r\nA: 1\r\n\r\n.\r\nMAIL FROM:<x@else.test>\r\n");
      assertThat(client.hear()).startsWith("554 5.5.0 ");
      assertThat(client.hear()).isEqualTo("closed");
    }
  }

  @Test
  void commandLinesEndWithCrlf() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      assertThat(client.say("MAIL FROM:<a@else.test>\nNOOP")).startsWith("500 5.5.2 ");
      assertThat(client.say("NOOP")).startsWith("250 ");
      assertThat(client.say("NO\0OP")).startsWith("500 5.5.2 ");
      assertThat(client.say("MAIL FROM:<a@else.test> X=\r")).startsWith("500 5.5.2 ");
      assertThat(client.say("NOOP " + "x".repeat(3000))).startsWith("500 5.5.6 ");
      assertThat(client.say("")).startsWith("500 5.5.2 ");
      client.send("MAIL FROM:<a@else.test>\n");
      assertThat(client.hear()).startsWith("500 5.5.2 ");
      assertThat(client.hear()).isEqualTo("closed");
      assertThat(gate.hop.commands).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1", "\u0016\u0003\u0001\n\u0001", "Host: x"})
  void otherProtocolsAreHungUpOn(String line) throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      assertThat(client.say(line)).startsWith("421 4.7.0 ");
      assertThat(client.hear()).isEqualTo("closed");
      assertThat(gate.server.messages().hungUp.sum()).isEqualTo(1);
    }
  }

  @Test
  void floodsOfCommandsEndTheSession() throws IOException {
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.send("NOOP\r\n".repeat(101));
      for (int i = 0; i < 101; i++) {
        assertThat(client.hear()).startsWith("250 ");
      }
      assertThat(client.hear()).startsWith("421 4.7.0 ");
    }
    try (var gate = open();
        Talk client = gate.talk().greeted()) {
      client.send("FOO\r\n".repeat(21));
      for (int i = 0; i < 21; i++) {
        assertThat(client.hear()).startsWith("500 ");
      }
      assertThat(client.hear()).startsWith("421 4.7.0 ");
    }
  }

  @Test
  void tooManyRecipients() throws IOException {
    Limits.Sizes usual = Limits.DEFAULT.sizes();
    var few =
        new Limits.Sizes(
            usual.command(), usual.line(), 2000, 50, 5000, 3, 1000, 20, 100, 2, 1 << 20, 1 << 20);
    try (var gate =
            new GatewayFixture(
                folder, Options.USUAL.with(new Limits(few, Limits.DEFAULT.times())));
        Talk client = gate.talk().greeted()) {
      gate.filter.trusting = true;
      client.say("MAIL FROM:<a@else.test>");
      for (int i = 0; i < 3; i++) {
        assertThat(client.say("RCPT TO:<x" + i + "@else.test>")).startsWith("250 ");
      }
      assertThat(client.say("RCPT TO:<x@else.test>")).startsWith("452 4.5.3 ");
      client.say("DATA");
      assertThat(client.say("A: 1\r\n\r\n" + "body\r\n".repeat(400) + "."))
          .startsWith("552 5.3.4 ");
      client.addressed("a@else.test", "b@else.test");
      client.send("A: 1\r\n\r\n" + "body\r\n".repeat(900));
      assertThat(client.hear()).startsWith("552 5.3.4 ");
      assertThat(client.hear()).isEqualTo("closed");
    }
  }

  @Test
  void moreConnectionsThanAllowedAreToldSo() throws IOException {
    Limits.Sizes usual = Limits.DEFAULT.sizes();
    var one =
        new Limits.Sizes(
            usual.command(), usual.line(), 2000, 50, 5000, 3, 1000, 20, 100, 1, 1 << 20, 1 << 20);
    try (var gate =
            new GatewayFixture(
                folder, Options.USUAL.with(new Limits(one, Limits.DEFAULT.times())));
        Talk first = gate.talk().greeted();
        Talk second = gate.talk()) {
      assertThat(second.hear()).startsWith("421 4.3.2 ");
      assertThat(second.hear()).isEqualTo("closed");
      assertThat(first.say("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void aClientThatSaysNothingIsToldGoodbye() throws IOException {
    Limits.Times usual = Limits.DEFAULT.times();
    var quick =
        new Limits.Times(
            usual.greeting(),
            Duration.ofMillis(50),
            usual.content(),
            usual.message(),
            usual.reply(),
            usual.decision(),
            usual.delivery(),
            usual.drain());
    try (var gate =
            new GatewayFixture(
                folder, Options.USUAL.with(new Limits(Limits.DEFAULT.sizes(), quick)));
        Talk client = gate.talk()) {
      client.hear();
      assertThat(client.hear()).startsWith("421 4.4.2 ");
      assertThat(client.hear()).isEqualTo("closed");
    }
  }

  @Test
  void atTheEndTransactionsAreFinishedAndIdleClientsToldGoodbye() throws Exception {
    var gate = open();
    try (Talk busy = gate.talk().greeted().addressed("a@else.test", "b@ours.test");
        Talk idle = gate.talk().greeted()) {
      Thread closing = Thread.ofVirtual().start(gate.server::close);
      assertThat(idle.hear()).startsWith("421 4.3.2 ");
      assertThat(idle.hear()).isEqualTo("closed");
      assertThat(busy.say(MESSAGE + ".")).startsWith("250 ");
      assertThat(busy.hear()).startsWith("421 4.3.2 ");
      closing.join();
      assertThat(gate.hop.messages).hasSize(1);
    } finally {
      gate.close();
    }
  }

  @Test
  void sequences() throws IOException {
    try (var gate = open();
        Talk client = gate.talk()) {
      client.hear();
      assertThat(client.say("MAIL FROM:<a@else.test>")).startsWith("503 ");
      assertThat(client.say("RCPT TO:<b@ours.test>")).startsWith("503 ");
      assertThat(client.say("DATA")).startsWith("503 ");
      assertThat(client.say("EHLO")).startsWith("501 ");
      assertThat(client.say("HELO client.test")).isEqualTo("250 gate.test");
      assertThat(client.say("MAIL FROM:<a@else.test> SIZE=1")).startsWith("250 ");
      assertThat(client.say("MAIL FROM:<a@else.test>")).startsWith("503 ");
      assertThat(client.say("DATA")).startsWith("554 ");
      assertThat(client.say("EHLO client.test")).startsWith("250-");
      assertThat(client.say("RCPT TO:<b@ours.test>")).startsWith("503 ");
      assertThat(client.say("STARTTLS")).startsWith("503 ");
      assertThat(client.say("AUTH PLAIN")).startsWith("503 ");
      assertThat(client.say("XCLIENT ADDR=192.0.2.1")).startsWith("500 ");
      assertThat(client.say("VRFY anna")).startsWith("252 ");
    }
  }
}
