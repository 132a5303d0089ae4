package dev.backstop.bench;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * How long calls took, in steps of a hundredth: any number of them in little memory. One thread
 * adds.
 */
final class Latencies {
  /** Buckets for each doubling. */
  private static final int FINE = 64;

  private final long[] counts = new long[64 * FINE];
  private long number;
  private long most;
  private long refused;

  void add(long nanoseconds) {
    counts[bucket(Math.max(1, nanoseconds))]++;
    number++;
    most = Math.max(most, nanoseconds);
  }

  void addRefused() {
    refused++;
  }

  private static int bucket(long value) {
    int exponent = 63 - Long.numberOfLeadingZeros(value);
    double fraction = value / (double) (1L << exponent) - 1;
    return exponent * FINE + (int) (fraction * FINE);
  }

  private static double value(int bucket) {
    return (1L << (bucket / FINE)) * (1 + (bucket % FINE + 0.5) / FINE);
  }

  static Latencies all(List<Future<Latencies>> parts)
      throws InterruptedException, ExecutionException {
    var sum = new Latencies();
    for (Future<Latencies> part : parts) {
      sum.add(part.get());
    }
    return sum;
  }

  private void add(Latencies other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    number += other.number;
    refused += other.refused;
    most = Math.max(most, other.most);
  }

  private double quantile(double part) {
    long left = (long) Math.ceil(part * number);
    for (int i = 0; i < counts.length; i++) {
      left -= counts[i];
      if (left <= 0) {
        return Math.min(value(i), (double) most) / 1e6;
      }
    }
    return 0;
  }

  /** In milliseconds. */
  @Override
  public String toString() {
    return "p50 %.2f ms, p99 %.2f ms, most %.1f ms (%,d, refused %,d)"
        .formatted(quantile(0.5), quantile(0.99), most / 1e6, number, refused);
  }
}
