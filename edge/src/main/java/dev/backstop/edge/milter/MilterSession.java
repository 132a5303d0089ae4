package dev.backstop.edge.milter;

import dev.backstop.edge.Action;
import dev.backstop.edge.Connection;
import dev.backstop.edge.Door;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One mail server's connection: negotiation, then any number of clients ({@code K}), each with any
 * number of transactions. Read {@link #handle} first. One thread runs it; {@link #busy} and {@link
 * #tick} are for others.
 */
final class MilterSession implements Door.Session {
  private static final Reply BAD_SENDER = new Reply(501, "5.1.7", "Bad sender address syntax");
  private static final Reply TOO_MANY_RECIPIENTS =
      new Reply(452, "4.5.3", "Too many recipients, send the rest separately");
  private static final Reply FAILED =
      new Reply(451, "4.3.0", "Mail filter failed, please try again later");
  private static final int LONGEST_HELO = 255;

  private final MilterServer server;
  private final PacketReader packets;
  private final Packet packet;
  private final Answers answers;
  private final FilterCall filterCall;
  private final Macros macros = new Macros();
  private @Nullable Negotiation negotiation;
  private Client client = Client.UNKNOWN;
  private @Nullable String helo;
  private volatile @Nullable MilterTransaction transaction;

  MilterSession(MilterServer server, Connection connection) {
    this.server = server;
    this.packets = new PacketReader(connection, server.buffers(), server.limits());
    this.packet = packets.packet();
    this.answers = new Answers(connection, server.limits().times().packet());
    this.filterCall = new FilterCall(server, connection);
  }

  @Override
  public void serve() throws IOException {
    try {
      Command command = packets.next(patience());
      while (command != null && handle(command)) {
        command = packets.next(patience());
      }
    } catch (BadPacketException e) {
      server.counters().badPackets.increment();
      server.log().warn("milter peer broke the protocol", describe(e));
    } finally {
      endTransaction();
      packets.giveBack();
    }
  }

  private static String describe(BadPacketException e) {
    return e.getMessage() + "; connection closed";
  }

  @Override
  public boolean busy() {
    return transaction != null;
  }

  @Override
  public void tick(long now) {
    filterCall.tick(now);
  }

  /** False when the peer has said goodbye. */
  private boolean handle(Command command) throws IOException {
    switch (command) {
      case NEGOTIATE -> negotiate();
      case MACROS -> macros.read(packet);
      case CONNECT -> connect();
      case HELO -> helo();
      case MAIL -> mail();
      case RECIPIENT -> recipient();
      case DATA -> goOn(Negotiation.NO_REPLY_DATA);
      case HEADER -> header();
      case END_OF_HEADER -> endOfHeader();
      case BODY -> body();
      case END_OF_MESSAGE -> endOfMessage();
      case ABORT -> endTransaction();
      case UNKNOWN -> goOn(Negotiation.NO_REPLY_UNKNOWN);
      case QUIT_NEW_CONNECTION -> forgetClient();
      case QUIT -> {
        return false;
      }
    }
    return true;
  }

  /** How long the next packet may take to come. */
  private Duration patience() {
    MilterTransaction current = transaction;
    boolean content = current != null && current.step != MilterTransaction.Step.ENVELOPE;
    Limits.Times times = server.limits().times();
    return content ? times.content() : times.idle();
  }

  private void negotiate() throws IOException {
    if (negotiation != null) {
      throw new BadPacketException("second negotiation");
    }
    Negotiation agreed = Negotiation.of(packet);
    negotiation = agreed;
    var out = new PacketWriter();
    agreed.writeTo(out);
    answers.send(out);
  }

  private Negotiation agreed() throws BadPacketException {
    if (negotiation == null) {
      throw new BadPacketException("command before negotiation");
    }
    return negotiation;
  }

  private void connect() throws IOException {
    agreed();
    forgetClient();
    client = Client.parse(packet);
    goOn(Negotiation.NO_REPLY_CONNECT);
  }

  private void helo() throws IOException {
    agreed();
    helo = packet.label(0, packet.endOfString(0), LONGEST_HELO);
    goOn(Negotiation.NO_REPLY_HELO);
  }

  private void forgetClient() {
    endTransaction();
    client = Client.UNKNOWN;
    helo = null;
  }

  private void mail() throws IOException {
    agreed();
    String login = macros.takeAuthenticated();
    boolean queueIdAtMail = macros.beginTransaction();
    dropTransaction(); // one that the mail server forgot to abort
    String path = packet.utf8(0, packet.endOfString(0)); // ESMTP parameters follow; nobody asks
    boolean replayed = isReplayed(path, queueIdAtMail);
    ReversePath reversePath;
    try {
      reversePath = reversePath(path, replayed);
    } catch (AddressSyntaxException e) {
      // RFC 5321 §4.1.1.2. Never the null reverse-path: that is how forgeries become bounces.
      answers.refuse(BAD_SENDER);
      return;
    }
    var peer = new Peer(client.address(), client.name(), helo, login, client.faked());
    var begun =
        new MilterTransaction(
            server.filter(),
            peer,
            replayed,
            reversePath,
            server.limits().sizes(),
            server.buffers());
    transaction = begun;
    answerSender(begun, ask(() -> begun.filter.sender(begun.view(macros.queueId()))));
  }

  /**
   * Postfix replays mail that did not come by SMTP (sendmail command, its own bounces, requeued
   * mail): without angle brackets, and with a queue id already at MAIL.
   */
  private boolean isReplayed(String path, boolean queueIdAtMail) {
    return !path.startsWith("<") && (client.faked() || (queueIdAtMail && macros.fromPostfix()));
  }

  private static ReversePath reversePath(String path, boolean replayed)
      throws AddressSyntaxException {
    return path.isEmpty() && replayed ? NullReversePath.INSTANCE : ReversePath.parse(path);
  }

  private void answerSender(MilterTransaction begun, @Nullable Answer answer) throws IOException {
    switch (answer) {
      case null -> refuseSender(FAILED);
      case Answer.Continue _ -> answers.goOn();
      case Answer.Pass _ -> pass(begun);
      case Answer.Refuse refuse -> refuseSender(refuse.reply());
    }
  }

  private void refuseSender(Reply reply) throws IOException {
    endTransaction();
    answers.refuse(reply);
  }

  private void pass(MilterTransaction current) throws IOException {
    current.passed = true;
    answers.accept();
  }

  private void recipient() throws IOException {
    MilterTransaction current = at(MilterTransaction.Step.ENVELOPE);
    if (current.passed) {
      answers.accept();
      return;
    }
    if (current.refusal != null) {
      answers.goOn(); // of replayed mail: said at its end
      return;
    }
    String given = packet.utf8(0, packet.endOfString(0));
    Mailbox mailbox;
    try {
      mailbox = Mailbox.parse(given);
    } catch (AddressSyntaxException e) {
      answers
          .goOn(); // <postmaster> or nonsense: the mail server knows what it takes, we do not judge
      return;
    }
    if (current.mayAddRecipient()) {
      Answer answer = ask(() -> current.filter.recipient(current.view(macros.queueId()), mailbox));
      answerRecipient(current, new MilterTransaction.Recipient(mailbox, given), answer);
    } else {
      server.counters().overLimit.increment();
      if (current.replayed) {
        answers.goOn(); // delivered, but neither judged nor ever replaced
      } else {
        answers.refuse(TOO_MANY_RECIPIENTS);
      }
    }
  }

  private void answerRecipient(
      MilterTransaction current, MilterTransaction.Recipient recipient, @Nullable Answer answer)
      throws IOException {
    switch (answer) {
      case null -> refuseRecipient(current, recipient, FAILED);
      case Answer.Continue _ -> {
        current.add(recipient);
        answers.goOn();
      }
      case Answer.Pass _ -> pass(current);
      case Answer.Refuse refuse -> refuseRecipient(current, recipient, refuse.reply());
    }
  }

  /**
   * Postfix cannot refuse one recipient of mail that it replays: it would call that a configuration
   * error and defer the whole message for ever. There a temporary refusal holds for the message,
   * and a permanent one is left to the decision on the whole.
   */
  private void refuseRecipient(
      MilterTransaction current, MilterTransaction.Recipient recipient, Reply reply)
      throws IOException {
    if (!current.replayed) {
      answers.refuse(reply);
      return;
    }
    if (reply.isPermanent()) {
      current.add(recipient);
    } else {
      current.refuse(reply);
    }
    answers.goOn();
  }

  private void header() throws IOException {
    MilterTransaction current = notBefore(MilterTransaction.Step.ENVELOPE);
    if (current.step == MilterTransaction.Step.BODY) {
      throw new BadPacketException("header field after the header");
    }
    current.step = MilterTransaction.Step.HEADER;
    int nameEnd = packet.endOfString(0);
    int valueEnd = packet.length() - 1;
    if (nameEnd == 0 || valueEnd <= nameEnd || packet.octet(valueEnd) != 0) {
      throw new BadPacketException("header field without name or end");
    }
    if (!current.passed && current.refusal == null) {
      current.addHeader(packet, nameEnd, valueEnd, agreed().has(Negotiation.LEADING_SPACE));
      countIfOverLimit(current);
    }
    goOn(Negotiation.NO_REPLY_HEADER);
  }

  private void endOfHeader() throws IOException {
    MilterTransaction current = notBefore(MilterTransaction.Step.ENVELOPE);
    current.step = MilterTransaction.Step.BODY;
    beginMessage(current);
    goOn(Negotiation.NO_REPLY_END_OF_HEADER);
  }

  private void beginMessage(MilterTransaction current) {
    if (current.passed || current.refusal != null) {
      return;
    }
    Boolean begun = ask(() -> current.begin(macros.queueId()));
    if (begun == null) {
      current.refuse(FAILED);
    }
  }

  private void body() throws IOException {
    MilterTransaction current = notBefore(MilterTransaction.Step.BODY);
    keepBody(current);
    if (agreed().has(Negotiation.NO_REPLY_BODY)) {
      return;
    }
    Reply refusal = current.refusal;
    if (refusal != null) {
      answers.refuse(refusal); // it should abort now; one that sends the end is told again
    } else if (agreed().has(Negotiation.SKIP) && (current.passed || current.hasEnough())) {
      answers.skip();
    } else {
      answers.goOn();
    }
  }

  private void keepBody(MilterTransaction current) {
    if (current.passed || current.refusal != null) {
      return;
    }
    current.keepBody(packet);
    countIfOverLimit(current);
    if (current.refusal == null && current.readsBody() && packet.length() > 0) {
      Boolean read = ask(() -> current.readBody(packet));
      if (read == null) {
        current.refuse(FAILED);
      }
    }
  }

  private void countIfOverLimit(MilterTransaction current) {
    if (current.refusal != null) {
      server.counters().overLimit.increment();
    }
  }

  private void endOfMessage() throws IOException {
    MilterTransaction current = notBefore(MilterTransaction.Step.ENVELOPE);
    if (current.step != MilterTransaction.Step.BODY) {
      current.step = MilterTransaction.Step.BODY;
      beginMessage(current);
    }
    keepBody(current); // the last piece of the body may stand in this packet
    Reply refusal = current.refusal;
    if (refusal != null) {
      endTransaction();
      answers.refuse(refusal);
    } else if (current.passed) {
      endTransaction();
      answers.accept();
    } else {
      decide(current);
    }
  }

  private void decide(MilterTransaction current) throws IOException {
    PacketWriter out = filterCall.ask(true, macros.queueId(), () -> decision(current));
    server.counters().served.increment();
    endTransaction();
    if (out == null) {
      answers.refuse(FAILED);
    } else {
      answers.send(out);
    }
  }

  /** All edits and the last word together: two writes would cost the mail server 40 ms. */
  private PacketWriter decision(MilterTransaction current) {
    Action action = current.end(macros.queueId());
    var out = new PacketWriter();
    switch (action) {
      case Action.Accept accept -> {
        edit(accept, out, current);
        out.only('a');
      }
      case Action.Refuse refuse -> Answers.refuse(out, refuse.reply());
    }
    return out;
  }

  private void edit(Action.Accept accept, PacketWriter out, MilterTransaction current) {
    Negotiation agreed = Objects.requireNonNull(negotiation);
    int notOffered = new EditWriter(out, agreed, current).write(accept.edits());
    if (notOffered > 0) {
      server.counters().editsNotOffered.add(notOffered);
      server.log().warn("mail server does not offer what an edit needs", agreed.toString());
    }
  }

  private MilterTransaction at(MilterTransaction.Step step) throws BadPacketException {
    MilterTransaction current = notBefore(step);
    if (current.step != step) {
      throw new BadPacketException("command out of order");
    }
    return current;
  }

  private MilterTransaction notBefore(MilterTransaction.Step step) throws BadPacketException {
    agreed();
    MilterTransaction current = transaction;
    if (current == null || current.step.compareTo(step) < 0) {
      throw new BadPacketException("command out of order");
    }
    return current;
  }

  private <T> @Nullable T ask(Supplier<T> question) {
    return filterCall.ask(macros.fromPostfix(), macros.queueId(), question);
  }

  private void dropTransaction() {
    MilterTransaction current = transaction;
    if (current != null) {
      current.release();
      transaction = null;
    }
  }

  private void endTransaction() {
    dropTransaction();
    macros.endTransaction();
  }

  /** Continues; says so only if the mail server waits for it. */
  private void goOn(int noReply) throws IOException {
    if (!agreed().has(noReply)) {
      answers.goOn();
    }
  }
}
