package dev.backstop.cli.doctor;

import dev.backstop.auth.doctor.dkim.OwnKey;
import dev.backstop.auth.doctor.dkim.OwnKey.Use;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The DKIM keys of this installation, as the doctor needs them. */
final class OwnKeys {
  private OwnKeys() {}

  /**
   * Those in the data folder. Without any, or when they cannot be read, which is said, the doctor
   * works all the same: anybody may look at a domain.
   */
  static List<OwnKey> of(Path data, Instant now, PrintWriter err) {
    try {
      return new DkimFile(data).load().keys().stream().map(key -> own(key, now)).toList();
    } catch (UnusableKeyFileException e) {
      err.println("backstop doctor: our DKIM keys are not compared: " + e.getMessage());
      return List.of();
    }
  }

  private static OwnKey own(DkimKey key, Instant now) {
    Use use =
        switch (key.state()) {
          case DkimState.New _ -> Use.WAITING;
          case DkimState.Signing _, DkimState.External _ -> Use.SIGNING;
          case DkimState.Retired _ ->
              key.recordNeededUntil().filter(now::isBefore).isPresent() ? Use.LEAVING : Use.GONE;
        };
    return new OwnKey(key.domain(), key.selector(), key.record(), use);
  }
}
