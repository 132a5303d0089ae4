package dev.backstop.cli.demo;

import dev.backstop.testkit.milter.MilterAnswer;
import dev.backstop.testkit.milter.MilterClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP session told to a milter, as Postfix tells it. Each step returns the reply that refuses
 * it, or {@code null} to go on. For one thread.
 */
final class MilterTalk implements AutoCloseable {
  // Steps that a milter may leave out, and replies that it may not give (smfi_register(3)).
  private static final int NO_BODY = 0x10;
  private static final int NO_HEADER = 0x20;
  private static final int NO_END_OF_HEADER = 0x40;
  private static final int NO_DATA = 0x200;
  private static final int NO_REPLY_HEADER = 0x80;
  private static final int NO_REPLY_CONNECT = 0x1000;
  private static final int NO_REPLY_HELO = 0x2000;
  private static final int NO_REPLY_MAIL = 0x4000;
  private static final int NO_REPLY_RECIPIENT = 0x8000;
  private static final int NO_REPLY_DATA = 0x10000;
  private static final int NO_REPLY_END_OF_HEADER = 0x40000;
  private static final int NO_REPLY_BODY = 0x80000;
  private static final int LEADING_SPACE = 0x100000;

  private static final int PIECE = 65_535;

  private final MilterClient milter;
  private final int steps;

  /** The milter wants to hear no more of this message, and accepts it. */
  private boolean accepted;

  /** The milter wants no more of the body. */
  private boolean skipped;

  MilterTalk(SocketAddress address) throws IOException {
    milter = new MilterClient(address);
    steps = milter.negotiate(6, MilterClient.ALL_ACTIONS, MilterClient.ALL_STEPS).number(8);
  }

  @Nullable String connect(Mail.Client client) throws IOException {
    milter.macros('C', "v", "Postfix 3.7.11", "j", "mx.ours.example");
    milter.connectedFrom(client.name(), 40_000, client.address());
    String refusal = answer(NO_REPLY_CONNECT);
    if (refusal != null || accepted) {
      return refusal;
    }
    milter.strings('H', client.name());
    return answer(NO_REPLY_HELO);
  }

  @Nullable String mail(Mail mail) throws IOException {
    String login = mail.client().login();
    if (login != null) {
      milter.macros('M', "{auth_type}", "PLAIN", "{auth_authen}", login);
    }
    milter.strings('M', "<" + mail.sender() + ">");
    return answer(NO_REPLY_MAIL);
  }

  @Nullable String recipient(String recipient) throws IOException {
    milter.strings('R', "<" + recipient + ">");
    return answer(NO_REPLY_RECIPIENT);
  }

  @Nullable String data(String queueId) throws IOException {
    if (accepted || has(NO_DATA)) {
      return null;
    }
    milter.macros('T', "i", queueId);
    milter.send('T');
    return answer(NO_REPLY_DATA);
  }

  /** Header and body. */
  @Nullable String content(Letter letter) throws IOException {
    for (Letter.Field field : letter.header()) {
      String refusal = header(field);
      if (refusal != null) {
        return refusal;
      }
    }
    String refusal = endOfHeader();
    return refusal == null ? body(letter.bodyOctets()) : refusal;
  }

  private @Nullable String header(Letter.Field field) throws IOException {
    if (accepted || has(NO_HEADER)) {
      return null;
    }
    milter.strings('L', field.name(), (has(LEADING_SPACE) ? " " : "") + field.value());
    return answer(NO_REPLY_HEADER);
  }

  private @Nullable String endOfHeader() throws IOException {
    if (accepted || has(NO_END_OF_HEADER)) {
      return null;
    }
    milter.send('N');
    return answer(NO_REPLY_END_OF_HEADER);
  }

  private @Nullable String body(byte[] octets) throws IOException {
    String refusal = null;
    for (int at = 0; at < octets.length && refusal == null; at += PIECE) {
      if (accepted || skipped || has(NO_BODY)) {
        return null;
      }
      milter.send('B', Arrays.copyOfRange(octets, at, Math.min(octets.length, at + PIECE)));
      refusal = answer(NO_REPLY_BODY);
    }
    return refusal;
  }

  /** End of the message: all changes, then the last word. */
  @Nullable String end(String queueId, EditedMail mail) throws IOException {
    if (accepted) {
      return null;
    }
    milter.macros('E', "i", queueId);
    milter.send('E');
    for (MilterAnswer answer = next(); ; answer = next()) {
      if (isLast(answer)) {
        return refusal(answer);
      }
      mail.apply(answer);
    }
  }

  private static boolean isLast(MilterAnswer answer) {
    return "acrty".indexOf(answer.code()) >= 0;
  }

  private @Nullable String answer(int noReply) throws IOException {
    return has(noReply) ? null : refusal(next());
  }

  private @Nullable String refusal(MilterAnswer answer) throws IOException {
    return switch (answer.code()) {
      case 'c' -> null;
      case 'a' -> {
        accepted = true;
        yield null;
      }
      case 's' -> {
        skipped = true;
        yield null;
      }
      case 'y' -> {
        String reply = new String(answer.data(), StandardCharsets.ISO_8859_1);
        yield reply.substring(0, reply.indexOf('\0'));
      }
      case 'r' -> "550 5.7.1 Command rejected";
      case 't' -> "451 4.7.1 Service unavailable - try again later";
      default -> throw new IOException("the milter says " + answer.describe());
    };
  }

  /** The next packet that says something. */
  private MilterAnswer next() throws IOException {
    MilterAnswer answer = milter.read();
    while (answer != null && answer.code() == 'p') {
      answer = milter.read();
    }
    if (answer == null) {
      throw new IOException("the milter has closed the connection");
    }
    return answer;
  }

  private boolean has(int step) {
    return (steps & step) != 0;
  }

  /** Breaks off, from another thread: whoever waits for the milter gets an exception. */
  void breakOff() {
    try {
      milter.close();
    } catch (IOException _) {
      // it is of no more use either way
    }
  }

  @Override
  public void close() throws IOException {
    try {
      milter.send('Q');
      milter.flush();
    } finally {
      milter.close();
    }
  }
}
