package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.answers.Examiner;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import dev.backstop.store.UnableToOpenStoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BiFunction;

/**
 * Judges stored messages with the keys and the journal of an installation, changing neither. Safe
 * for all threads, as {@link Examiner} is.
 */
final class StoredJudge {
  private StoredJudge() {}

  /** The judge of that configuration; its store stays open until the process ends. */
  static BiFunction<RawMessage, AutomaticMail, Opinion> open(Path file) {
    try {
      Settings.Loaded loaded = Settings.of(file);
      Keys keys = new KeyFile(loaded.data()).load();
      InstantSource clock = InstantSource.system();
      Store store =
          Store.openReadOnly(loaded.data(), keys.journal(), StoreSettings.DEFAULTS, clock);
      var examiner =
          new Examiner(Rules.of(loaded.config(), keys, DkimKeys.NONE), store.journal(), clock);
      return (message, mail) -> opinion(examiner.examine(message, mail), mail);
    } catch (ConfigException e) {
      throw new CommandFailure(ExitStatus.CONFIG, String.valueOf(e.getMessage()));
    } catch (UnusableKeyFileException | UnableToOpenStoreException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
  }

  private static Opinion opinion(Decision decision, AutomaticMail mail) {
    return mail.isAutomatic()
        ? new Opinion(decision.verdict(), decision.evidence(), decision.explanation())
        : Opinion.withoutProof(mail);
  }
}
