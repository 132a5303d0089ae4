package dev.backstop.cli.backscatterers;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.config.BackscattererRules;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.StoreSettings;
import dev.backstop.store.UnableToOpenStoreException;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** The list as the store of a server holds it; the server may be running. */
final class StoredList {
  private StoredList() {}

  /**
   * Reads it.
   *
   * @param change of the rules that the configuration gives
   * @throws CommandFailure when there is no store or it cannot be read
   */
  static Backscatterers read(
      Settings settings, UnaryOperator<BackscattererRules> change, InstantSource clock)
      throws ConfigException {
    Settings.Loaded loaded = settings.load();
    BackscattererRules rules = change.apply(loaded.config().backscatterers());
    try {
      byte[] key = new KeyFile(loaded.data()).load().journal();
      try (Store store = Store.openReadOnly(loaded.data(), key, StoreSettings.DEFAULTS, clock)) {
        return Backscatterers.read(store.reporters(), rules, loaded.config()::isOurs, clock);
      }
    } catch (UnusableKeyFileException | UnableToOpenStoreException | StoreException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
  }
}
