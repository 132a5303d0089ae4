package dev.backstop.cli.backscatterers;

import dev.backstop.cli.config.ReadStore;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.config.BackscattererRules;
import dev.backstop.server.config.ConfigException;
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
    return ReadStore.ask(
        loaded,
        store -> Backscatterers.read(store.reporters(), rules, loaded.config()::isOurs, clock));
  }
}
