package dev.backstop.dns;

import java.time.Duration;

/**
 * How name servers are asked and what is remembered.
 *
 * @param servers who is asked
 * @param tryTime for one server to answer one packet, TCP after it included; up to a minute
 * @param tries how often the list of servers is gone through, 1 to 10; a server that answered, even
 *     with an error, is not asked the same again
 * @param questionTime for one question with all its tries and aliases; up to a minute
 * @param cacheEntries answers remembered at most; 0 for none
 * @param cacheOctets memory that they may take, estimated
 */
public record ResolverSettings(
    NameServers servers,
    Duration tryTime,
    int tries,
    Duration questionTime,
    int cacheEntries,
    long cacheOctets) {
  private static final Duration MAX_TIME = Duration.ofMinutes(1);
  private static final int MAX_TRIES = 10;

  public ResolverSettings {
    if (!isTime(tryTime) || !isTime(questionTime)) {
      throw new IllegalArgumentException("a time must be positive, a minute at most");
    }
    if (tries < 1 || tries > MAX_TRIES || cacheEntries < 0 || cacheOctets < 0) {
      throw new IllegalArgumentException("a number out of its range");
    }
  }

  private static boolean isTime(Duration time) {
    return time.isPositive() && time.compareTo(MAX_TIME) <= 0;
  }

  /** Three seconds a try, two tries, eight seconds a question; 50,000 answers in 32 MB. */
  public static ResolverSettings of(NameServers servers) {
    return new ResolverSettings(
        servers, Duration.ofSeconds(3), 2, Duration.ofSeconds(8), 50_000, 32L << 20);
  }
}
