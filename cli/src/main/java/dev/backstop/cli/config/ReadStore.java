package dev.backstop.cli.config;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.BackstopServer;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.UnableToOpenStoreException;
import java.time.InstantSource;

/** The store of a server, which may be running or not, opened to be read. */
public final class ReadStore {
  private ReadStore() {}

  /**
   * What is to be found out.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Store store) throws StoreException;
  }

  /**
   * Opens it, asks, closes it.
   *
   * @throws CommandFailure with status 73 when there is none yet or it cannot be read
   */
  public static <T> T ask(Settings.Loaded loaded, Question<T> question) {
    try (Store store = open(loaded)) {
      return question.ask(store);
    } catch (StoreException e) {
      throw failure(e);
    }
  }

  /**
   * Opens it for as long as the caller wants; it keeps what the configuration says.
   *
   * @throws CommandFailure with status 73 when there is none yet or it cannot be read
   */
  public static Store open(Settings.Loaded loaded) {
    try {
      byte[] key = new KeyFile(loaded.data()).load().journal();
      return Store.openReadOnly(
          loaded.data(), key, BackstopServer.settings(loaded.config()), InstantSource.system());
    } catch (UnusableKeyFileException | UnableToOpenStoreException e) {
      throw failure(e);
    }
  }

  private static CommandFailure failure(Exception e) {
    return new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
  }
}
