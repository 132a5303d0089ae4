package dev.backstop.server.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_772_442_000);
  private static final String SECRET = "correct horse battery";

  private final LinkedBlockingQueue<String> results = new LinkedBlockingQueue<>();
  @TempDir Path folder;
  private Path secret;
  private Receiver receiver;
  private Webhook webhook;

  @BeforeEach
  void start() throws IOException {
    secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    receiver = new Receiver();
    webhook = webhook(Duration.ofSeconds(30));
  }

  private Webhook webhook(Duration answer) {
    return new Webhook(
        () -> Optional.of(new Webhook.Target(receiver.uri(), secret)),
        new Webhook.Patience(answer, List.of(Duration.ZERO, Duration.ZERO)),
        InstantSource.fixed(NOW),
        results::add);
  }

  @AfterEach
  void stop() {
    webhook.close();
    receiver.close();
  }

  @Test
  void anEventIsDeliveredWithASignatureOverItsTimeAndBody() throws Exception {
    webhook.send("{\"event\":\"ü\"}");
    Receiver.Got got = receiver.next();
    assertThat(got.body()).isEqualTo("{\"event\":\"ü\"}");
    assertThat(got.path()).isEqualTo("/hook?a=b");
    assertThat(got.type()).isEqualTo("application/json");
    assertThat(got.signature())
        .isEqualTo(
            WebhookSignature.of(
                SECRET.getBytes(StandardCharsets.UTF_8),
                NOW,
                got.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(result()).isEqualTo("delivered");
  }

  /** printf '%s' '1772442000.{}' | openssl dgst -sha256 -hmac 'correct horse battery'. */
  @Test
  void theSignatureIsThatOfOtherPrograms() {
    assertThat(
            WebhookSignature.of(
                SECRET.getBytes(StandardCharsets.UTF_8),
                NOW,
                "{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "t=1772442000,v1=9704098179aa16a9edfedfd4a5f40c3636390b554e02668f598874b115f77342");
  }

  @Test
  void anErrorIsTriedAgain() throws Exception {
    receiver.answers.add(500);
    receiver.answers.add(429);
    webhook.send("1");
    assertThat(result()).isEqualTo("delivered");
    assertThat(receiver.next()).isEqualTo(receiver.next()).isEqualTo(receiver.next());
  }

  @Test
  void afterTheLastTryItIsGivenUpAndTheNextOneTried() throws Exception {
    receiver.answers.addAll(List.of(500, 500, 500));
    webhook.send("1");
    webhook.send("2");
    assertThat(result()).isEqualTo("failed");
    assertThat(result()).isEqualTo("delivered");
    assertThat(receiver.waiting()).isEqualTo(4);
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForForLong() throws Exception {
    webhook.close();
    webhook = webhook(Duration.ofMillis(200));
    receiver.answers.addAll(List.of(0, 0, 0));
    webhook.send("1");
    assertThat(result()).isEqualTo("failed");
  }

  @Test
  void aRedirectIsAFailureAndNotFollowed() throws Exception {
    receiver.answers.addAll(List.of(307, 302, 301));
    webhook.send("1");
    assertThat(result()).isEqualTo("failed");
    for (int i = 0; i < 3; i++) {
      assertThat(receiver.next().path()).isEqualTo("/hook?a=b");
    }
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void withoutAGoodSecretNothingIsSent() throws Exception {
    Files.delete(secret);
    webhook.send("1");
    assertThat(result()).isEqualTo("failed");
    Files.writeString(secret, "too short\n");
    webhook.send("2");
    assertThat(result()).isEqualTo("failed");
    Files.writeString(secret, "x".repeat(5_000));
    webhook.send("3");
    assertThat(result()).isEqualTo("failed");
    assertThat(receiver.waiting()).isZero();
    Files.writeString(secret, SECRET);
    webhook.send("4");
    assertThat(result()).as("a mended file is used without a restart").isEqualTo("delivered");
  }

  @Test
  void whatDoesNotFitIsDroppedAndSendNeverWaits() throws Exception {
    receiver.answers.add(0);
    webhook.send("first");
    receiver.next(); // it is being delivered, and hangs
    for (int i = 0; i < Webhook.MOST_WAITING + 10; i++) {
      webhook.send("more");
    }
    assertThat(results).hasSize(10).containsOnly("dropped");
  }

  private String result() throws InterruptedException {
    return results.poll(30, TimeUnit.SECONDS);
  }
}
