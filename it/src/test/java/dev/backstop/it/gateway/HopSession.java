package dev.backstop.it.gateway;

import dev.backstop.it.gateway.Answer.Then;
import dev.backstop.it.gateway.HopLog.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection of a {@link RecordingHop}. A line ends with CRLF, data with CRLF.CRLF. */
final class HopSession {
  private static final int LONGEST_LINE = 100_000;

  private final Socket socket;
  private final InputStream in;
  private final Script script;
  private final HopLog log;
  private final List<String> recipients = new ArrayList<>();
  private String sender = "";
  private boolean lmtp;

  HopSession(Socket socket, Script script, HopLog log) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 65_536);
    this.script = script;
    this.log = log;
  }

  void run() throws IOException {
    if (!say(script.answer(Stage.CONNECT, ""))) {
      return;
    }
    boolean goesOn = true;
    while (goesOn) {
      String line = line();
      if (!line.endsWith("\r\n")) {
        return;
      }
      goesOn = command(line.substring(0, line.length() - 2));
    }
  }

  private boolean command(String line) throws IOException {
    log.command(line);
    Stage stage = Stage.of(line);
    Answer answer = script.answer(stage, line);
    switch (stage) {
      case HELLO -> lmtp = line.startsWith("LHLO");
      case MAIL -> begin(line);
      case RCPT -> {
        if (answer.isPositive()) {
          recipients.add(path(line));
        }
      }
      case DATA -> {
        return say(answer) && (!answer.isIntermediate() || message());
      }
      case CONNECT, STARTTLS, BODY, DOT, RSET, QUIT, OTHER -> {}
    }
    return say(answer);
  }

  private void begin(String line) {
    sender = path(line);
    recipients.clear();
  }

  private static String path(String line) {
    return line.replaceFirst("^[^<]*<(.*)>.*$", "$1");
  }

  private boolean message() throws IOException {
    if (!say(script.answer(Stage.BODY, ""))) {
      return false;
    }
    var data = new StringBuilder();
    boolean whole = read(data);
    log.data(data.toString());
    if (!whole) {
      return false;
    }
    data.setLength(data.length() - 3);
    String octets = data.toString().replaceAll("(^|\r\n)\\.", "$1");
    List<Answer> answers = new ArrayList<>();
    for (String recipient : lmtp ? recipients : List.of("")) {
      answers.add(script.answer(Stage.DOT, recipient));
    }
    boolean accepted = answers.stream().allMatch(Answer::isPositive);
    log.message(new Message(sender, List.copyOf(recipients), octets, accepted));
    recipients.clear();
    boolean goesOn = true;
    for (Answer answer : answers) {
      goesOn = goesOn && say(answer);
    }
    return goesOn;
  }

  /** Whether the end of the data came. */
  private boolean read(StringBuilder data) throws IOException {
    boolean atStart = true;
    while (true) {
      String line = line();
      data.append(line);
      if (atStart && line.equals(".\r\n")) {
        return true;
      }
      atStart = line.endsWith("\r\n");
      if (!atStart && line.length() < LONGEST_LINE) {
        return false;
      }
    }
  }

  /** With its CRLF; without, when it is very long or the connection ended before. */
  private String line() throws IOException {
    var line = new StringBuilder();
    int last = 0;
    while (line.length() < LONGEST_LINE) {
      int octet = octet();
      if (octet < 0) {
        break;
      }
      line.append((char) octet);
      if (octet == '\n' && last == '\r') {
        break;
      }
      last = octet;
    }
    return line.toString();
  }

  private int octet() {
    try {
      return in.read();
    } catch (IOException _) {
      return -1;
    }
  }

  /** Whether the session goes on. */
  private boolean say(Answer answer) throws IOException {
    socket.getOutputStream().write(answer.octets().getBytes(StandardCharsets.ISO_8859_1));
    if (answer.then() == Then.ABORT) {
      socket.setSoLinger(true, 0);
    }
    return answer.then() == Then.GO_ON;
  }
}
