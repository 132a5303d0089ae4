package dev.backstop.dns;

import org.xbill.DNS.Name;

/**
 * How far aliases have led from the name that was asked for.
 *
 * @param name where we are
 * @param aliases steps so far
 * @param seconds how long the shortest-lived of them lasts
 * @param authenticated whether the servers vouch for all of them
 */
record Trail(Name name, int aliases, long seconds, boolean authenticated) {
  /** As many as BIND and others follow; a loop has more. */
  static final int MAX_ALIASES = 10;

  static Trail from(Name name) {
    return new Trail(name, 0, Long.MAX_VALUE, true);
  }

  Trail to(Name target, long ttl) {
    return new Trail(target, aliases + 1, Math.min(seconds, ttl), authenticated);
  }

  /** With what the next answer says of itself. */
  Trail in(boolean authenticatedAnswer) {
    return new Trail(name, aliases, seconds, authenticated && authenticatedAnswer);
  }

  boolean isEndless() {
    return aliases > MAX_ALIASES;
  }
}
