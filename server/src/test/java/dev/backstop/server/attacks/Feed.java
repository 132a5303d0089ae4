package dev.backstop.server.attacks;

import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A detector with a clock that a test steps; time ticks every ten seconds, as in the server. */
final class Feed implements InstantSource {
  static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  AttackDetector detector = new AttackDetector(KEY, 20);
  final List<Episode> began = new ArrayList<>();
  final List<Episode> ended = new ArrayList<>();
  private Instant now = START;
  private int number;

  @Override
  public Instant instant() {
    return now;
  }

  void jump(Duration step) {
    now = now.plus(step);
  }

  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Duration step = Duration.between(now, end);
      now = step.toSeconds() > 10 ? now.plusSeconds(10) : end;
      ended.addAll(detector.tick(now));
    }
  }

  /** Some messages at one moment. */
  void send(String address, int messages) {
    for (int i = 0; i < messages; i++) {
      began.addAll(detector.observe(sighting(address)));
    }
  }

  /** Some messages, with that time before each. */
  void send(String address, int messages, Duration before) {
    for (int i = 0; i < messages; i++) {
      pass(before);
      send(address, 1);
    }
  }

  /** Messages until an attack on that begins; -1 when none does. */
  int sendUntilAlarm(String address, int most, Duration before) {
    int known = began.size();
    for (int i = 1; i <= most; i++) {
      send(address, 1, before);
      if (began.size() > known) {
        return i;
      }
    }
    return -1;
  }

  /** 2,000 answers, most of them in the first hours: the mean time between them grows. */
  void mailing(String owner) {
    for (int i = 0; i < 2_000; i++) {
      pass(Duration.ofMillis(500 + 5L * i));
      send(owner, 1);
    }
  }

  Sighting sighting(String address) {
    number++;
    return new Sighting(
        now,
        mailbox(address),
        number % 4 == 0,
        IpLiteral.parse("192.0.2." + number % 5),
        "mx" + number % 5 + ".example.net",
        "203.0.113." + number % 50,
        "Cheap pills",
        "<" + number + "@spam.example>");
  }

  static Mailbox mailbox(String text) {
    int at = text.lastIndexOf('@');
    return new Mailbox(text.substring(0, at), text.substring(at + 1));
  }
}
