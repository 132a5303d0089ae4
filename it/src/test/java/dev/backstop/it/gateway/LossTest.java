package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.gateway.HopLog.Message;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Backstop, its next hop and its clients are killed in the middle of traffic: what was answered 250
 * is at the next hop, and twice only where the client had to send it again (RFC 1047).
 *
 * <p>{@code -Dloss.messages=20000 -Dloss.kills=20} makes it longer; {@code it/gateway/loss.sh}
 * does.
 */
class LossTest extends GatewayTest {
  private static final int MESSAGES = Integer.getInteger("loss.messages", 1_500);
  private static final int KILLS = Integer.getInteger("loss.kills", 4);
  private static final int CLIENTS = 20;
  private static final String END = "the very end";
  private static final long PAUSE_NANOS = 50_000_000;

  private volatile boolean over;
  private final AtomicInteger next = new AtomicInteger();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  private final AtomicInteger vanished = new AtomicInteger();

  @Test
  void whatWasAnswered250IsAtTheNextHop() throws Exception {
    gateway.hop.reset();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients =
          IntStream.range(0, CLIENTS)
              .<Future<?>>mapToObj(i -> executor.submit(() -> send(i)))
              .toList();
      try {
        killEverybody();
        for (Future<?> client : clients) {
          client.get(10, TimeUnit.MINUTES);
        }
      } finally {
        over = true;
      }
    } catch (ExecutionException e) {
      throw new AssertionError(gateway.backstop.log(), e);
    }
    gateway.hop.awaitQuiet();
    judge();
  }

  private void killEverybody() {
    for (int kill = 1; kill <= KILLS; kill++) {
      awaitAcknowledged(MESSAGES * kill / (KILLS + 1));
      if (kill % 2 == 1) {
        gateway.backstop.kill();
        gateway.backstop.start();
      } else {
        gateway.hop.down();
        gateway.hop.up();
      }
    }
  }

  private void awaitAcknowledged(int count) {
    while (acknowledged.size() < count) {
      LockSupport.parkNanos(PAUSE_NANOS / 50);
    }
  }

  private void judge() {
    Map<String, Long> stored =
        gateway.hop.log().messages().stream()
            .map(LossTest::subject)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(acknowledged).hasSize(MESSAGES);
    assertThat(stored.keySet()).as("lost").containsAll(acknowledged);
    assertThat(gateway.hop.log().messages())
        .as("cut short")
        .allMatch(message -> message.octets().endsWith(END + "\r\n"));
    assertThat(stored)
        .allSatisfy((id, times) ->
            assertThat(times)
                .as("doubled unasked")
                .isLessThanOrEqualTo(attempts.getOrDefault(id, 0)));
    System.out.printf(
        "loss: %d acknowledged, 0 lost, %d doubled, %d sent again, %d clients vanished, %d kills%n",
        acknowledged.size(),
        stored.values().stream().filter(times -> times > 1).count(),
        attempts.values().stream().filter(times -> times > 1).count(),
        vanished.get(),
        KILLS);
  }

  private static String subject(Message message) {
    return message.octets().replaceFirst("(?s).*Subject: (\\S+)\r\n.*", "$1");
  }

  /** As a mail server does: each message again and again until somebody says 250. */
  private void send(int client) {
    var random = new Random(client);
    for (int number = next.getAndIncrement(); number < MESSAGES; number = next.getAndIncrement()) {
      String id = "m" + number;
      while (!over && !isAccepted(id, random)) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      acknowledged.add(id);
    }
  }

  private boolean isAccepted(String id, Random random) {
    try (var client = gateway.greeted()) {
      if (!client.say("MAIL FROM:<sender@foreign.test>").startsWith("250")
          || !client.say("RCPT TO:<user@ours.test>").startsWith("250")
          || !client.say("DATA").startsWith("354")) {
        return false;
      }
      String message =
          "Subject: "
              + id
              + "\r\n\r\n"
              + "some text\r\n".repeat(random.nextInt(2_000))
              + END
              + Case.END;
      if (random.nextInt(50) == 0) {
        vanished.incrementAndGet();
        client.write(message.substring(0, random.nextInt(message.length() - 1)));
        client.abort();
        return false;
      }
      attempts.merge(id, 1, Integer::sum);
      client.write(message);
      return client.reply().startsWith("250");
    } catch (UncheckedIOException _) {
      return false;
    }
  }
}
