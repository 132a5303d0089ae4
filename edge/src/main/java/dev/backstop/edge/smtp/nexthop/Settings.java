package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.BufferPool;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * How next hops are talked to.
 *
 * @param helo our name in EHLO, HELO and LHLO
 * @param anyCertificate TLS that asks for no particular certificate
 * @param checkedCertificate TLS that checks authority and name
 * @param proxy for hops that are told the client by the PROXY protocol
 * @param names finds the addresses of a host; the first eight are tried
 * @param buffers for message octets on their way; where it has none left, writes become small
 */
public record Settings(
    String helo,
    Times times,
    Pauses pauses,
    Tls anyCertificate,
    Tls checkedCertificate,
    ProxyHeaders proxy,
    Names names,
    BufferPool buffers) {

  /** Finds addresses. */
  @FunctionalInterface
  public interface Names {
    Names SYSTEM = InetAddress::getAllByName;

    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  public Settings {
    if (helo.isEmpty() || !helo.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("not a name for EHLO: it has spaces or other characters");
    }
  }

  /**
   * How long to wait for a hop. RFC 5321 §4.5.3.2 gives the least that a client should wait; a
   * greeting has less here, and a command, because our own client waits meanwhile (five minutes by
   * the same section).
   *
   * @param connect for one address, and for the look-up of a name
   * @param greeting from the connection to the greeting, and for a TLS handshake
   * @param command for a reply to a command
   * @param data for the reply to DATA
   * @param block for the hop to take the next piece of a message
   * @param dot for the reply to the end of a message
   * @param idle between two commands
   * @param open for all hops and addresses together until one is ready
   * @param capabilities how long somebody waits who asks what the hop can do while it is unknown
   */
  public record Times(
      Duration connect,
      Duration greeting,
      Duration command,
      Duration data,
      Duration block,
      Duration dot,
      Duration idle,
      Duration open,
      Duration capabilities) {
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(3));

    public Times {
      requirePositive(connect, greeting, command, data, block, dot, idle, open, capabilities);
    }
  }

  /**
   * How long a hop is left alone.
   *
   * @param first after it could not be had; doubles each time that it fails again
   * @param longest bound of the doubling
   * @param again the first hop is tried so often where all are down
   * @param refresh what a hop can do is asked anew when it is older than this
   */
  public record Pauses(Duration first, Duration longest, Duration again, Duration refresh) {
    public static final Pauses DEFAULT =
        new Pauses(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));

    public Pauses {
      requirePositive(first, longest, again, refresh);
    }
  }

  private static void requirePositive(Duration... times) {
    for (Duration time : times) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("a time that is not positive");
      }
    }
  }
}
