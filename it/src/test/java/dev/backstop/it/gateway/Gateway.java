package dev.backstop.it.gateway;

import dev.backstop.it.Await;
import dev.backstop.it.BackstopProcess;
import dev.backstop.it.Ports;

/**
 * A gateway before one {@link RecordingHop}. Nobody is a client of its own: 127.0.0.0/8 are
 * strangers here.
 */
final class Gateway implements AutoCloseable {
  static final String STRANGERS_ONLY = "networks = [\"192.0.2.1/32\"]\n";

  final BackstopProcess backstop = new BackstopProcess();
  final RecordingHop hop;
  final int port = Ports.free();

  /** Before the usual hop. */
  Gateway() {
    this(Script.usual(), "");
  }

  /**
   * Starts both.
   *
   * @param settings more lines of the section {@code [gateway]}
   */
  Gateway(Script script, String settings) {
    this(script, STRANGERS_ONLY, settings);
  }

  /**
   * With lines before the first section, too.
   *
   * @param top must say whose {@code networks}
   */
  Gateway(Script script, String top, String settings) {
    hop = new RecordingHop(script);
    backstop.configure(
        """
        domains = ["ours.test"]
        auth.check = false
        %s
        [gateway]
        listen = ["127.0.0.1:%d"]
        next-hop = ["%s127.0.0.1:%d"]
        %s
        """
            .formatted(top, port, script.equals(Script.LMTP) ? "lmtp:" : "", hop.port(), settings));
    backstop.start();
  }

  Dialogue greeted() {
    return Dialogue.greeted(port);
  }

  /** A whole ordinary message; the last reply. */
  String sends(String text) {
    try (var client = greeted()) {
      client.write(Case.ENVELOPE + "DATA\r\n");
      client.reply();
      client.reply();
      String go = client.reply();
      if (!go.startsWith("354")) {
        return go;
      }
      client.write("Subject: probe\r\n\r\n" + text + Case.END);
      return client.reply();
    }
  }

  /** Until it works as it should, for a next hop that failed rests for a while. */
  void awaitHealthy() {
    hop.reset();
    Await.until("an ordinary message to pass", () -> sends("healthy?").startsWith("250"));
    hop.awaitQuiet();
    hop.reset();
  }

  @Override
  public void close() {
    try (hop) {
      backstop.close();
    }
  }
}
