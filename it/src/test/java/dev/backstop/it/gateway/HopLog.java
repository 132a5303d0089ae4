package dev.backstop.it.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that a next hop got since it was last told to forget. Thread-safe. */
final class HopLog {
  private static final String BARE = "(?s).*(\r(?!\n)|(?<!\r)\n|\0).*";

  /**
   * A message that came to its end.
   *
   * @param octets between DATA and the end, dots unstuffed
   * @param accepted whether the answer was 2xx for all recipients; it is here before it is said
   */
  record Message(String sender, List<String> recipients, String octets, boolean accepted) {}

  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final List<String> foul = new CopyOnWriteArrayList<>();

  void command(String line) {
    commands.add(line);
    judge(line);
  }

  void message(Message message) {
    messages.add(message);
  }

  /** Data as it came, finished or not. */
  void data(String octets) {
    judge(octets);
  }

  private void judge(String octets) {
    // A CR at the very end may have lost its LF with the connection.
    String whole = octets.endsWith("\r") ? octets.substring(0, octets.length() - 1) : octets;
    if (whole.matches(BARE)) {
      foul.add(octets);
    }
  }

  /** Command lines, without their ends. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  /** Commands of that verb. */
  List<String> commands(Stage verb) {
    return commands.stream().filter(line -> Stage.of(line) == verb).toList();
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  List<Message> accepted() {
    return messages.stream().filter(Message::accepted).toList();
  }

  /** Lines and data with a bare CR, a bare LF or a NUL. */
  List<String> foul() {
    return List.copyOf(foul);
  }

  void forget() {
    commands.clear();
    messages.clear();
    foul.clear();
  }
}
