package dev.backstop.server.answers;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.server.config.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Slows down who guesses tags. A tag has 24 bits, so wrong ones are counted: of each peer network,
 * which is then asked to come back later whatever it brings, and of each address, whose tags prove
 * no more by themselves while strangers guess them.
 *
 * <p>Counts run out like water from a bucket. Bounded in memory; the longest unused go first. A
 * restart forgives. Safe for all threads.
 */
public final class Guesses {
  /** Networks and addresses remembered, each. */
  static final int MOST = 50_000;

  /** Wrong tags that a network may bring at once; keys that we lost look like guesses too. */
  static final int OF_NETWORK = 20;

  /** Wrong tags for one address from everywhere, before its tags prove less. */
  static final int OF_ADDRESS = 1_000;

  private static final Duration NETWORK_FORGIVES_ONE = Duration.ofSeconds(30);
  private static final Duration ADDRESS_FORGIVES_ONE = Duration.ofSeconds(6);

  private final Buckets<String> networks = new Buckets<>(OF_NETWORK, NETWORK_FORGIVES_ONE);
  private final Buckets<String> addresses = new Buckets<>(OF_ADDRESS, ADDRESS_FORGIVES_ONE);
  private final InstantSource clock;

  public Guesses(InstantSource clock) {
    this.clock = clock;
  }

  /** A tag in our dialect that we did not make. */
  void wrong(Peer peer, Mailbox plain) {
    Instant now = clock.instant();
    if (peer.address() != null) {
      networks.add(network(peer.address()), now);
    }
    addresses.add(key(plain), now);
  }

  /** Whether that network has brought too many wrong tags. */
  boolean isSlowed(Peer peer) {
    return peer.address() != null && networks.isFull(network(peer.address()), clock.instant());
  }

  /** Whether so many wrong tags came for that address that one may have been hit by chance. */
  boolean isGuessed(Mailbox plain) {
    return addresses.isFull(key(plain), clock.instant());
  }

  /** What one customer has at least: 256 addresses of IPv4, a /64 of IPv6. */
  private static String network(InetAddress address) {
    return Network.around(address, address instanceof Inet4Address ? 24 : 64).toString();
  }

  private static String key(Mailbox plain) {
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  /** Leaky buckets, the least recently touched forgotten first. */
  private static final class Buckets<K> {
    private final int capacity;
    private final Duration leak;
    private final Map<K, Bucket> all =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > MOST;
          }
        };

    Buckets(int capacity, Duration leak) {
      this.capacity = capacity;
      this.leak = leak;
    }

    /** How full, at a moment. */
    private record Bucket(double content, Instant at) {}

    synchronized void add(K key, Instant now) {
      all.put(key, new Bucket(Math.min(content(key, now) + 1, 2.0 * capacity), now));
    }

    synchronized boolean isFull(K key, Instant now) {
      return content(key, now) >= capacity;
    }

    private double content(K key, Instant now) {
      Bucket bucket = all.get(key);
      if (bucket == null) {
        return 0;
      }
      double leaked = (double) Duration.between(bucket.at(), now).toMillis() / leak.toMillis();
      return Math.max(0, bucket.content() - Math.max(0, leaked)); // a clock set back forgives less
    }
  }
}
