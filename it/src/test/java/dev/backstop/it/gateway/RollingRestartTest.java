package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.Await;
import dev.backstop.it.BackstopProcess;
import dev.backstop.it.Ports;
import dev.backstop.it.Shell;
import dev.backstop.it.Undertaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A parent holds the listening socket and starts Backstop anew each time that it ends: no client
 * notices.
 */
@RequiresProgram("python3")
@SuppressWarnings("NullAway.Init") // set before each test
class RollingRestartTest {
  private static final Path HOLDER =
      Path.of(System.getProperty("backstop.root", ".."), "it", "gateway", "holder.py");
  private static final int RESTARTS = 3;
  private static final int CLIENTS = 10;
  private static final int OF_A_SESSION = 5;

  private final BackstopProcess backstop = new BackstopProcess();
  private final RecordingHop hop = new RecordingHop(Script.usual());
  private final int port = Ports.free();
  private final AtomicInteger accepted = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean goOn = new AtomicBoolean(true);
  private Undertaker undertaker;
  private Path pid;

  @BeforeEach
  void start() throws IOException {
    backstop.configure(
        """
        domains = ["ours.test"]
        auth.check = false
        %s
        [gateway]
        listen = ["inherited"]
        next-hop = ["127.0.0.1:%d"]
        """
            .formatted(Gateway.STRANGERS_ONLY, hop.port()));
    pid = backstop.folder().resolve("child");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", HOLDER.toString(), Integer.toString(port), pid.toString()));
    command.addAll(backstop.command());
    Process holder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(backstop.folder().resolve("log").toFile())
            .start();
    undertaker = new Undertaker("kill \"$1\"", Long.toString(holder.pid()));
    Await.until("the first Backstop", backstop::answersReady);
  }

  @AfterEach
  void stop() {
    undertaker.close();
    hop.close();
    backstop.close();
  }

  @Test
  void noTransactionFailsWhileItIsStartedAnew() throws IOException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        executor.execute(this::sendUntilTheEnd);
      }
      for (int i = 1; i <= RESTARTS; i++) {
        int enough = accepted.get() + 100;
        Await.until("traffic", () -> accepted.get() > enough || !failures.isEmpty());
        restart();
      }
      int enough = accepted.get() + 100;
      Await.until("traffic", () -> accepted.get() > enough || !failures.isEmpty());
      goOn.set(false);
    }

    assertThat(failures).isEmpty();
    assertThat(hop.log().accepted()).hasSize(accepted.get());
  }

  private void restart() throws IOException {
    String old = Files.readString(pid);
    Shell.run("kill", "-TERM", old);
    Await.until("another Backstop", () -> isAnother(old) && backstop.answersReady());
  }

  private boolean isAnother(String old) {
    try {
      String now = Files.readString(pid);
      return !now.isEmpty() && !now.equals(old);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sendUntilTheEnd() {
    while (goOn.get()) {
      try {
        session();
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
    }
  }

  /** 421 instead of a transaction is no failure: it connects again. */
  private void session() {
    try (var client = new Dialogue(port)) {
      if (!greets(client)) {
        return;
      }
      for (int i = 0; i < OF_A_SESSION; i++) {
        String reply = client.say("MAIL FROM:<sender@foreign.test>");
        if (reply.startsWith("421")) {
          return;
        }
        if (!reply.startsWith("250") || !transaction(client)) {
          failures.add(client.toString());
          return;
        }
      }
      client.say("QUIT");
    }
  }

  private boolean greets(Dialogue client) {
    String greeting = client.reply();
    String hello = greeting.startsWith("220") ? client.say("EHLO client.test") : greeting;
    if (!hello.startsWith("250") && !hello.startsWith("421")) {
      failures.add(client.toString());
    }
    return hello.startsWith("250");
  }

  private boolean transaction(Dialogue client) {
    if (!client.say("RCPT TO:<user@ours.test>").startsWith("250")
        || !client.say("DATA").startsWith("354")) {
      return false;
    }
    client.write("Subject: rolling\r\n\r\ntext" + Case.END);
    boolean whole = client.reply().startsWith("250");
    accepted.incrementAndGet();
    return whole;
  }
}
