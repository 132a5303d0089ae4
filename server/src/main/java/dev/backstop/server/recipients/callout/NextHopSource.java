package dev.backstop.server.recipients.callout;

import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.server.config.BackstopConfig;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the gateway's next hop says to RCPT, for who asks beside a session. */
public final class NextHopSource {
  /** By which answers of the next hop are known among those of directories. */
  public static final String NAME = "next-hop";

  private NextHopSource() {}

  /**
   * Empty when the gateway is closed. Connects to nobody before the first question.
   *
   * @param helo our name
   */
  public static Optional<CallOutSource> of(BackstopConfig config, String helo) {
    if (!config.gateway().isOpen()) {
      return Optional.empty();
    }
    var prober =
        new SmtpProber(
            config.gateway().nextHop(),
            helo,
            NullReversePath.INSTANCE,
            config.recipients().timeLimit());
    String place =
        config.gateway().nextHop().stream()
            .map(NextHop::toString)
            .collect(Collectors.joining(", "));
    return Optional.of(new CallOutSource(NAME, place, prober, System::nanoTime));
  }
}
