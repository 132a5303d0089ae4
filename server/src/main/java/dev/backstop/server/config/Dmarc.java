package dev.backstop.server.config;

import dev.backstop.bounce.verdict.Mode;
import java.net.InetAddress;
import java.util.List;

/**
 * What is done with mail that fails DMARC.
 *
 * @param mode of domains of ours that set none of their own
 * @param except lists and forwarders, whose mail breaks the proofs of its author
 */
public record Dmarc(Mode mode, List<Forwarder> except) {
  static final Dmarc DEFAULT = new Dmarc(Mode.OBSERVE, List.of());

  public Dmarc {
    except = List.copyOf(except);
  }

  static Dmarc read(Section section) {
    Dmarc dmarc =
        new Dmarc(
            section.choice("mode", DEFAULT.mode()),
            section.list(
                "except",
                DEFAULT.except(),
                "[\"lists.example.org\", \"192.0.2.0/24\"]",
                Forwarder::parse));
    section.refuseOthers();
    return dmarc;
  }

  /** Whether the client stands in a network that may forward. */
  public boolean exceptsClient(InetAddress client) {
    return except.stream()
        .anyMatch(forwarder ->
            forwarder instanceof Forwarder.Hosts hosts && hosts.network().contains(client));
  }

  /**
   * Whether that domain may forward.
   *
   * @param proved a domain that the message carries a proof of (SPF or DKIM), lower-case A-labels
   */
  public boolean exceptsDomain(String proved) {
    return except.stream()
        .anyMatch(
            forwarder -> forwarder instanceof Forwarder.Domain domain && domain.covers(proved));
  }
}
