package dev.backstop.server.config;

import dev.backstop.mail.address.IpLiteral;

/**
 * Somebody who hands on what others wrote. A domain counts only where the message proves it, by SPF
 * or a signature: else everybody could name it.
 */
public sealed interface Forwarder {

  /** Hosts by their addresses. */
  record Hosts(Network network) implements Forwarder {
    @Override
    public String toString() {
      return network.toString();
    }
  }

  /** A domain with its sub-domains. */
  record Domain(String name) implements Forwarder {
    boolean covers(String proved) {
      return proved.equals(name) || proved.endsWith("." + name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Reads {@code lists.example.org}, {@code 192.0.2.1} or {@code 192.0.2.0/24}.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  static Forwarder parse(String text) {
    int slash = text.indexOf('/');
    boolean address = text.indexOf(':') >= 0 || slash >= 0 || isAddress(text);
    return address ? hosts(Network.parse(text)) : new Domain(DomainName.parse(text));
  }

  private static Hosts hosts(Network network) {
    if (network.prefix() == 0) {
      throw new IllegalArgumentException("would let all mail of the world through");
    }
    return new Hosts(network);
  }

  private static boolean isAddress(String text) {
    try {
      IpLiteral.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
