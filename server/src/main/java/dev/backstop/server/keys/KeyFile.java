package dev.backstop.server.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The file {@code keys.json} in the data folder. */
public final class KeyFile extends SecretFile<Keys> {
  private static final int MAX_OCTETS = 1 << 16;

  public KeyFile(Path dataDirectory) {
    super(dataDirectory, "keys.json", MAX_OCTETS);
  }

  /** The keys, made now when there is no file yet. */
  public Keys loadOrCreate(SecureRandom random, InstantSource clock)
      throws UnusableKeyFileException {
    return loadOrCreate(() -> Keys.generate(random, clock.instant()));
  }

  @Override
  protected Keys parse(String text) {
    return KeyJson.parse(text);
  }

  @Override
  protected byte[] render(Keys keys) {
    return KeyJson.render(keys);
  }

  @Override
  protected Keys absent() throws UnusableKeyFileException {
    throw new UnusableKeyFileException(
        path() + " does not exist; it is made at the first start of `backstop serve`");
  }

  @Override
  protected String mend() {
    return "restore it from a backup or with `backstop keys import`, or move it away to start with"
        + " new keys";
  }
}
