package dev.backstop.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Noticing joe-jobs.
 *
 * @param enabled whether anybody looks
 * @param least messages that make an attack on an address that is used to none
 * @param webhook whom to tell; with {@code https}, or on this machine
 * @param webhookSecretFile absolute; signs what is told. Always there when {@code webhook} is
 */
public record Attacks(
    boolean enabled, int least, Optional<URI> webhook, Optional<Path> webhookSecretFile) {
  static final Attacks DEFAULT = new Attacks(true, 20, Optional.empty(), Optional.empty());

  private static final int MOST_URI = 2048;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads the table.
   *
   * @param path reads a path relative to the file
   */
  static Attacks read(Section section, Function<String, Path> path) {
    Attacks attacks =
        new Attacks(
            section.flag("enabled", DEFAULT.enabled()),
            section.number("least", DEFAULT.least(), 10, 100_000),
            section.value("webhook", "\"https://alarm.example.com/backstop\"", Attacks::webhook),
            section.value("webhook-secret-file", "\"/etc/backstop/webhook.secret\"", path));
    section.refuseOthers();
    if (attacks.webhook().isPresent() && attacks.webhookSecretFile().isEmpty()) {
      section.refuse("attacks.webhook", null, "needs webhook-secret-file, to sign what is sent");
    }
    return attacks;
  }

  private static URI webhook(String text) {
    URI uri = uri(text);
    String host = uri.getHost();
    if (host == null || text.length() > MOST_URI) {
      throw new IllegalArgumentException("must be an address like https://host/path");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must have no user name and no fragment");
    }
    boolean local = LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && local)) {
      throw new IllegalArgumentException(
          "must begin with https://; http:// only to localhost, 127.0.0.1 or [::1]");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("has no such port");
    }
    return uri;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an address of the web: " + e.getReason(), e);
    }
  }
}
