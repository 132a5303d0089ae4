package dev.backstop.server.keys.dkim;

import dev.backstop.server.keys.SecretFile;
import java.nio.file.Path;

/**
 * The file {@code dkim.json} in the data folder. No file means no keys. Apart from {@code
 * keys.json}, because with thousands of domains it grows to megabytes and changes often.
 */
public final class DkimFile extends SecretFile<DkimKeys> {
  /** The most that is read and written; two keys of a domain take 3 kB, a retired one 0.6 kB. */
  public static final int MAX_OCTETS = 1 << 27;

  public DkimFile(Path dataDirectory) {
    super(dataDirectory, "dkim.json", MAX_OCTETS);
  }

  @Override
  protected DkimKeys parse(String text) {
    return DkimJson.parse(text);
  }

  @Override
  protected byte[] render(DkimKeys keys) {
    return DkimJson.render(keys);
  }

  @Override
  protected DkimKeys absent() {
    return DkimKeys.NONE;
  }

  @Override
  protected String mend() {
    return "restore it from a backup or with `backstop keys dkim import --backup`, or move it away"
        + " to start with none";
  }
}
