package dev.backstop.testkit.milter;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/**
 * Plays a dialogue. Lines: {@code c -> COMMAND …} is sent, {@code c <- answer} must be what comes
 * next, word for word ({@code c <~} its beginning); empty lines and lines with {@code #} are for
 * people.
 *
 * <pre>
 * c -> NEGOTIATE 6 1ff 1fffff     version, actions and steps in hex
 * c -> MACROS M i=4X1 {auth_authen}=user
 * c -> CONNECT mx.example.com 4 40000 192.0.2.1
 * c -> HELO mx.example.com
 * c -> MAIL <> SIZE=100
 * c <- continue
 * c -> HEADER Subject: two\n lines   everything after the colon; \n \r \t \0 \\ \xNN
 * c -> BODY text\r\n
 * c -> EOM
 * c <- accept
 * </pre>
 *
 * Others: RCPT, DATA, EOH, ABORT, QUIT, QUIT_NC, UNKNOWN, RAW (octets in hex, no packet).
 */
public final class MilterScript {
  private final MilterClient client;

  public MilterScript(MilterClient client) {
    this.client = client;
  }

  /**
   * Plays all lines.
   *
   * @throws AssertionError with the line's number when the answer is another
   */
  public void play(List<String> lines) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        play(i + 1, line);
      }
    }
  }

  private void play(int number, String line) throws IOException {
    String rest = line.substring(Math.min(5, line.length()));
    switch (line.substring(0, line.length() - rest.length()).strip()) {
      case "c ->" -> send(rest);
      case "c <-" -> expect(number, rest, client.answer(), false);
      case "c <~" -> expect(number, rest, client.answer(), true);
      default -> throw new AssertionError("line " + number + " is no line of a script: " + line);
    }
  }

  private static void expect(int number, String expected, String actual, boolean beginning) {
    if (!(beginning ? actual.startsWith(expected) : actual.equals(expected))) {
      throw new AssertionError(
          "line " + number + "\n  expected: " + expected + "\n  but was:  " + actual);
    }
  }

  private void send(String text) throws IOException {
    String word = text.split(" ", 2)[0];
    String rest = text.substring(Math.min(text.length(), word.length() + 1));
    switch (word) {
      case "NEGOTIATE" -> offer(rest.split(" "));
      case "MACROS" -> macros(rest.split(" "));
      case "CONNECT" -> connect(rest.split(" "));
      case "HELO" -> client.strings('H', rest);
      case "MAIL" -> client.strings('M', unescape(rest).split(" ", -1));
      case "RCPT" -> client.strings('R', unescape(rest).split(" ", -1));
      case "DATA" -> client.send('T');
      case "HEADER" -> client.strings('L', unescape(rest).split(":", 2));
      case "EOH" -> client.send('N');
      case "BODY" -> client.send('B', octets(unescape(rest)));
      case "EOM" -> client.send('E', octets(unescape(rest)));
      case "ABORT" -> client.send('A');
      case "QUIT" -> client.send('Q');
      case "QUIT_NC" -> client.send('K');
      case "UNKNOWN" -> client.strings('U', rest);
      case "RAW" -> client.raw(HexFormat.of().parseHex(rest.replace(" ", "")));
      default -> throw new AssertionError("no such command in scripts: " + word);
    }
  }

  private void offer(String[] words) throws IOException {
    client.offer(
        Integer.parseInt(words[0]),
        Integer.parseUnsignedInt(words[1], 16),
        Integer.parseUnsignedInt(words[2], 16));
  }

  private void macros(String[] words) throws IOException {
    String[] all = new String[2 * (words.length - 1)];
    for (int i = 1; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      all[2 * i - 2] = pair[0];
      all[2 * i - 1] = pair[1];
    }
    client.macros(words[0].charAt(0), all);
  }

  private void connect(String[] words) throws IOException {
    char family = words[1].charAt(0);
    if (words.length == 2) {
      client.send('C', MilterClient.string(words[0]), new byte[] {(byte) family});
      return;
    }
    int port = Integer.parseInt(words[2]);
    byte[] middle = {(byte) family, (byte) (port >>> 8), (byte) port};
    client.send('C', MilterClient.string(words[0]), middle, MilterClient.string(words[3]));
  }

  private static byte[] octets(String text) {
    byte[] withEnd = MilterClient.string(text);
    return java.util.Arrays.copyOf(withEnd, withEnd.length - 1);
  }

  private static String unescape(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      if (escaped == 'x') {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(plain(escaped));
      }
    }
    return plain.toString();
  }

  private static char plain(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0' -> '\0';
      default -> escaped;
    };
  }
}
