package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.DnsName;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.Dns;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeys;
import java.util.List;
import java.util.function.UnaryOperator;

/** The DKIM keys of the installation at hand; what fails is told to the user. */
final class Ring {
  private final DkimFile file;
  private final List<DnsName> domains;
  private final Dns dns;

  private Ring(DkimFile file, List<DnsName> domains, Dns dns) {
    this.file = file;
    this.domains = domains;
    this.dns = dns;
  }

  static Ring of(Settings settings) throws ConfigException {
    Settings.Loaded loaded = settings.load();
    return new Ring(
        new DkimFile(loaded.data()),
        loaded.config().domains().keySet().stream()
            .flatMap(name -> DnsName.parse(name).stream())
            .toList(),
        loaded.config().dns());
  }

  /** Whom the configuration asks for names. */
  Dns dns() {
    return dns;
  }

  DkimFile file() {
    return file;
  }

  /** The domains of the configuration. */
  List<DnsName> domains() {
    return domains;
  }

  DkimKeys load() {
    try {
      return file.load();
    } catch (UnusableKeyFileException e) {
      throw unusable(e);
    }
  }

  /** Changes the keys in one step; a change that is refused is told to the user. */
  DkimKeys update(UnaryOperator<DkimKeys> change) {
    try {
      return file.update(change);
    } catch (UnusableKeyFileException e) {
      throw unusable(e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
  }

  /** Puts these keys in the place of whatever is there. */
  void replace(DkimKeys keys) {
    try {
      file.replace(keys);
    } catch (UnusableKeyFileException e) {
      throw unusable(e);
    }
  }

  /** The keys of the domains named, of all when none is named. */
  static List<DkimKey> chosen(DkimKeys keys, List<DnsName> domains) {
    for (DnsName domain : domains) {
      if (keys.of(domain).isEmpty()) {
        throw new CommandFailure(
            ExitStatus.NO_INPUT,
            domain + " has no DKIM key here; make one: backstop keys dkim new " + domain);
      }
    }
    return domains.isEmpty()
        ? keys.keys()
        : domains.stream().distinct().flatMap(domain -> keys.of(domain).stream()).toList();
  }

  private static CommandFailure unusable(UnusableKeyFileException e) {
    return new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
  }
}
