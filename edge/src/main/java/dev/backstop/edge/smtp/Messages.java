package dev.backstop.edge.smtp;

import dev.backstop.edge.Action;
import dev.backstop.edge.Connection;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.smtp.command.ChunkArgument;
import dev.backstop.edge.smtp.content.ContentReader;
import dev.backstop.edge.smtp.content.Letter;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DATA and BDAT: reads messages, and lets {@link Delivery} hand them on. For one thread. */
final class Messages {
  private static final Reply LINE_ENDS =
      new Reply(
          550,
          "5.6.0",
          "Message has a CR or LF alone: lines must end with CRLF, which a server that only repairs"
              + " some of them could take for another message");
  private static final Reply NUL =
      new Reply(550, "5.6.0", "Message has a NUL, which no mail may have");
  private static final Reply LINE_TOO_LONG =
      new Reply(550, "5.6.0", "Message has a line that is longer than this system accepts");
  private static final Reply TOO_LARGE =
      new Reply(552, "5.3.4", "Message is larger than this system accepts, goodbye");
  private static final Reply TOO_SLOW =
      new Reply(421, "4.4.2", "The message takes too long, goodbye");

  private final GatewayServer server;
  private final Connection connection;
  private final Input input;
  private final Output output;
  private final Delivery delivery;
  private final Limits limits;

  /** What a command came to, after its answer was said. */
  enum Outcome {
    /** The next hop has taken a message. */
    TAKEN,
    GO_ON,
    ERROR,
    HANG_UP
  }

  /** Whether the client was heard out. */
  private enum Heard {
    ALL,
    /** It has gone, or must go: nothing that may follow can be told from commands. */
    BROKEN_OFF
  }

  Messages(
      GatewayServer server,
      Client client,
      NextHopLink link,
      Connection connection,
      Input input,
      Output output) {
    this.server = server;
    this.connection = connection;
    this.input = input;
    this.output = output;
    this.delivery = new Delivery(server, client, link, connection);
    this.limits = server.settings().limits();
  }

  /** DATA. */
  Outcome data(Envelopes envelopes) throws IOException {
    MailTransaction mail = envelopes.current();
    Optional<Reply> objection = objection(mail);
    if (mail == null || objection.isPresent()) {
      output.say(objection.orElseThrow());
      return Outcome.ERROR;
    }
    if (input.hasMore()) { // RFC 2920 §3.1: were DATA refused, it would be read as commands
      output.say(
          new Reply(554, "5.5.0", "Wait for the answer to DATA before you send the message"));
      return Outcome.HANG_UP;
    }
    output.say("354 End the message with a dot alone in its line");
    output.flush();
    Letter letter = begin(mail);
    var reader = new ContentReader(true, server.settings().lineEnds(), letter);
    if (hear(letter, reader, Long.MAX_VALUE) == Heard.BROKEN_OFF) {
      return Outcome.HANG_UP;
    }
    return end(envelopes, mail, letter, reader);
  }

  private static Optional<Reply> objection(@Nullable MailTransaction mail) {
    if (mail == null) {
      return Optional.of(new Reply(503, "5.5.1", "Say MAIL and RCPT first"));
    }
    if (mail.chunks != null) {
      return Optional.of(new Reply(503, "5.5.1", "BDAT has begun: go on with it, or say RSET"));
    }
    if (mail.broken) {
      return Optional.of(Envelopes.BROKEN);
    }
    return mail.recipients().isEmpty()
        ? Optional.of(new Reply(554, "5.5.1", "No valid recipients"))
        : Optional.empty();
  }

  /** BDAT (RFC 3030 §2). Its octets are read whatever is wrong: they are no commands. */
  Outcome chunk(Envelopes envelopes, String argument) throws IOException {
    Optional<ChunkArgument> chunk = ChunkArgument.parse(argument);
    if (chunk.isEmpty() || chunk.get().size() > 2 * limits.sizes().message()) {
      output.say(new Reply(521, "5.5.4", "BDAT with a size that cannot be read or met, goodbye"));
      return Outcome.HANG_UP;
    }
    MailTransaction mail = envelopes.current();
    if (mail == null || mail.broken || mail.recipients().isEmpty()) {
      return skip(chunk.get().size(), mail);
    }
    Letter letter = mail.letter == null ? begin(mail) : mail.letter;
    ContentReader reader = mail.chunks;
    if (reader == null) {
      reader = new ContentReader(false, server.settings().lineEnds(), letter);
      mail.chunks = reader;
    }
    if (hear(letter, reader, chunk.get().size()) == Heard.BROKEN_OFF) {
      return Outcome.HANG_UP;
    }
    if (chunk.get().last()) {
      reader.finishChunks();
      return end(envelopes, mail, letter, reader);
    }
    output.say("250 2.0.0 " + chunk.get().size() + " octets received");
    return Outcome.GO_ON;
  }

  private Outcome skip(long size, @Nullable MailTransaction mail) throws IOException {
    for (long left = size; left > 0; ) {
      connection.expectWithin(limits.times().content());
      int taken = input.message(left, (_, _, to) -> to);
      if (taken < 0) {
        return Outcome.HANG_UP;
      }
      left -= taken;
    }
    output.say(objection(mail).orElseThrow());
    return Outcome.ERROR;
  }

  private Letter begin(MailTransaction mail) {
    Limits.Sizes sizes = limits.sizes();
    var bounds =
        new Letter.Limits(
            sizes.headerFields(), sizes.headerOctets(), sizes.message(), sizes.inMemory());
    var letter = new Letter(bounds, server.spool(), new Judge(mail));
    mail.letter = letter;
    return letter;
  }

  /** Reads to the end, or so many octets. */
  private Heard hear(Letter letter, ContentReader reader, long octets) throws IOException {
    input.expectMessage();
    long begun = System.nanoTime();
    long left = octets;
    while (left > 0 && !reader.ended()) {
      connection.expectWithin(limits.times().content());
      int taken = input.message(left, reader::read);
      if (taken < 0) {
        return Heard.BROKEN_OFF;
      }
      left -= taken;
      if (letter.size() > 2 * limits.sizes().message()) {
        output.say(TOO_LARGE);
        return Heard.BROKEN_OFF;
      }
      if (System.nanoTime() - begun > limits.times().message().toNanos()) {
        output.say(TOO_SLOW);
        return Heard.BROKEN_OFF;
      }
    }
    input.rest();
    return Heard.ALL;
  }

  private Outcome end(
      Envelopes envelopes, MailTransaction mail, Letter letter, ContentReader reader)
      throws IOException {
    if (reader.hasStrayLineEnd()
        && server.settings().lineEnds() == dev.backstop.edge.smtp.content.LineEnds.REFUSE) {
      server.messages().badLineEnds.increment();
      letter.refuse(LINE_ENDS);
    } else if (reader.hasNul()) {
      server.messages().badLineEnds.increment();
      letter.refuse(NUL);
    } else if (reader.longestLine() > limits.sizes().line()) {
      letter.refuse(LINE_TOO_LONG);
    }
    connection.expectWithin(limits.times().decision());
    Action action = letter.end(mail.whole());
    server.counters().served.increment();
    Delivery.Result result =
        switch (action) {
          case null -> refused(letter);
          case Action.Refuse refuse -> Delivery.Result.of(refuse.reply());
          case Action.Accept accept -> delivery.deliver(mail, letter, accept.edits());
        };
    result.say(output);
    envelopes.drop();
    return result.taken() ? Outcome.TAKEN : Outcome.GO_ON;
  }

  private Delivery.Result refused(Letter letter) {
    Reply refusal = letter.refusal();
    if (refusal == null) {
      throw new IllegalStateException("neither decided nor refused");
    }
    server.counters().overLimit.increment();
    if (refusal.equals(Letter.NO_ROOM)) {
      server.messages().noRoom.increment();
      server
          .log()
          .warn("gateway has no room for messages", "see the folder spool in the data folder");
    }
    return Delivery.Result.of(refusal);
  }

  /** Asks the filter. */
  private final class Judge implements Letter.Judge {
    private final MailTransaction mail;

    Judge(MailTransaction mail) {
      this.mail = mail;
    }

    @Override
    public @Nullable MessageFilter begin(List<HeaderField> header) {
      if (mail.passed) {
        return AS_IT_IS;
      }
      connection.expectWithin(limits.times().decision());
      try {
        return mail.filter.message(mail.whole(), header);
      } catch (RuntimeException | Error e) {
        failed(e);
        return null;
      }
    }

    @Override
    public void failed(Throwable cause) {
      server.counters().failures.increment();
      server.log().error("filter failed, told 451", "message " + mail.id, cause);
    }
  }

  private static final MessageFilter AS_IT_IS =
      new MessageFilter() {
        @Override
        public int bodyWanted() {
          return 0;
        }

        @Override
        public Action end(Transaction transaction, RawMessage message) {
          return Action.ACCEPT;
        }
      };
}
