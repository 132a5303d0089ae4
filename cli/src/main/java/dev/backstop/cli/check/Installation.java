package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.cli.config.ReadStore;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.HostName;
import dev.backstop.server.Judges;
import dev.backstop.server.answers.Examiner;
import dev.backstop.server.attacks.Scope;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.DnsLists;
import dev.backstop.server.backscatterers.ListedProof;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.rules.Rules;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Judges messages with the keys and the journal of an installation, changing neither: the server
 * may be running or not.
 */
final class Installation {
  private Installation() {}

  /**
   * The judge of that configuration, for several threads at once; its store stays open until the
   * process ends.
   *
   * @param session in which each message would come; empty for messages that were delivered
   */
  static BiFunction<RawMessage, AutomaticMail, Opinion> open(
      Path file, Optional<Transaction> session) {
    try {
      Settings.Loaded loaded = Settings.of(file);
      Keys keys = new KeyFile(loaded.data()).load();
      InstantSource clock = InstantSource.system();
      Store store = ReadStore.open(loaded);
      Set<String> enforcing = store.enforcement().all().keySet();
      Rules rules = Rules.of(loaded.config(), keys, new DkimFile(loaded.data()).load(), enforcing);
      Judges judges = judges(loaded.config(), store, clock);
      return session
          .<BiFunction<RawMessage, AutomaticMail, Opinion>>map(
              given -> new Rehearsal(rules, judges.incoming(rules), given)::opinion)
          .orElseGet(() -> {
            Examiner examiner = judges.examiner(rules);
            return (message, mail) -> stored(examiner, message, mail);
          });
    } catch (ConfigException e) {
      throw new CommandFailure(ExitStatus.CONFIG, String.valueOf(e.getMessage()));
    } catch (UnusableKeyFileException | StoreException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
  }

  private static Judges judges(BackstopConfig config, Store store, InstantSource clock)
      throws StoreException {
    Resolver resolver = config.dns().toResolver(clock);
    var lists =
        new DnsLists(
            config.backscatterers(), resolver, config::isOurs, clock, new DnsLists.Counters());
    Backscatterers own =
        Backscatterers.read(store.reporters(), config.backscatterers(), config::isOurs, clock);
    Set<String> attacked = attacked(store);
    return new Judges(
        store,
        resolver,
        () -> new ListedProof(own::listed, lists),
        address -> attacked.contains(address.toString().toLowerCase(Locale.ROOT)),
        HostName.ours(),
        _ -> {},
        clock);
  }

  /** As the server wrote down in the last seconds. */
  private static Set<String> attacked(Store store) throws StoreException {
    return store.episodes().running().stream()
        .filter(episode -> episode.scope().equals(Scope.ADDRESS.toString()))
        .map(episode -> episode.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Opinion stored(Examiner examiner, RawMessage message, AutomaticMail mail) {
    return examiner
        .examine(message, mail)
        .map(judged -> Opinion.of(judged.decision()))
        .orElseGet(() -> Opinion.withoutProof(mail));
  }
}
