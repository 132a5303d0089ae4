package dev.backstop.bench;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.attacks.AttackDetector;
import dev.backstop.server.attacks.Sighting;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * What the detector of attacks holds and takes: a million addresses, each once, in so many domains
 * (the argument). Run with {@code -XX:+UseSerialGC}, or a collection may leave something behind.
 */
public final class AttackMemory {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ADDRESSES = 1_000_000;
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private AttackMemory() {}

  public static void main(String[] args) {
    int domains = args.length == 0 ? 1 : Integer.parseInt(args[0]);
    feed(new AttackDetector(KEY, 20), 200_000, domains); // warms up
    long before = heap();
    var detector = new AttackDetector(KEY, 20);
    long start = THREADS.getCurrentThreadCpuTime();
    feed(detector, ADDRESSES, domains);
    long nanos = (THREADS.getCurrentThreadCpuTime() - start) / ADDRESSES;
    long held = heap() - before;
    System.out.printf(
        Locale.ROOT,
        "%d addresses in %d domains: %.1f MB held, %d ns of processor each, %d attacks%n",
        ADDRESSES,
        domains,
        held / 1e6,
        nanos,
        detector.running().size());
  }

  private static void feed(AttackDetector detector, int addresses, int domains) {
    for (int i = 0; i < addresses; i++) {
      detector.observe(sighting(i, domains));
    }
  }

  /** A thousand a second, from all over the world. */
  private static Sighting sighting(int i, int domains) {
    return new Sighting(
        START.plusMillis(i),
        new Mailbox("user" + i, "d" + i % domains + ".example"),
        false,
        null,
        "mx" + i + ".example.net",
        "203." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255),
        "Subject " + i,
        "<" + i + "@spam.example>");
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
