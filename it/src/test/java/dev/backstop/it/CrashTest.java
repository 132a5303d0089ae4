package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Backstop is killed in the middle of a stream of outgoing mail. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class CrashTest {
  private static final int SENDERS = 4;
  private static final int MESSAGES = 25;
  private static World world;

  @BeforeAll
  static void start() {
    world = new World("");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void nothingIsLostAndWhatLeftWithATagIsInTheJournal() throws Exception {
    List<String> sent = sendWhileBackstopDies();

    for (String messageId : sent) {
      Letter letter = world.foreign.letter("friend", messageId);
      answer(messageId);
      String verdict =
          world.ours.letter("writer", "<reply." + messageId.substring(1)).field("Backstop-Verdict");
      if (letter.field("Return-Path").startsWith("<prvs=")) {
        assertThat(verdict).as(messageId).startsWith("genuine; form=auto-reply");
      }
    }
    assertThat(world.foreign.log()).contains("from=<prvs=");
  }

  /** The Message-IDs of all that was accepted, half of it by the service that tempfails. */
  private static List<String> sendWhileBackstopDies() throws Exception {
    var underWay = new CountDownLatch(SENDERS * MESSAGES / 4);
    List<String> sent = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int port = i % 2 == 0 ? world.submission : world.ours.port();
        senders.add(executor.submit(sender(port, underWay)));
      }
      underWay.await();
      world.backstop.kill();
      world.backstop.start();
      for (Future<List<String>> sender : senders) {
        sent.addAll(sender.get());
      }
    } catch (ExecutionException e) {
      throw new AssertionError(world.backstop.log(), e);
    }
    return sent;
  }

  private static Callable<List<String>> sender(int port, CountDownLatch underWay) {
    return () -> {
      List<String> accepted = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        String messageId = World.messageId();
        Await.until("a message to be accepted", () -> isAccepted(port, messageId));
        accepted.add(messageId);
        underWay.countDown();
      }
      return accepted;
    };
  }

  /** As a mail client does: it tries again later, with the same message, after any failure. */
  private static boolean isAccepted(int port, String messageId) {
    try (var client = new SmtpClient(SmtpClient.OURS, port)) {
      String text = Texts.plain("writer", "friend@foreign.test", "one of many", messageId);
      return client.say("MAIL FROM:<writer@ours.test>").startsWith("250")
          && client.say("RCPT TO:<friend@foreign.test>").startsWith("250")
          && client.data(text).startsWith("250");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private static void answer(String messageId) {
    try (var stranger = world.stranger()) {
      String text = Texts.autoReply("writer@ours.test", "away", messageId);
      stranger.send("friend@foreign.test", "writer@ours.test", text);
    }
  }
}
