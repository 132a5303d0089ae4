package dev.backstop.cli.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys of another program coming into the ring. For one thread, once. */
final class Merge {
  private final boolean sign;
  private final boolean replace;
  private final Instant now;
  private final Map<DnsName, DkimKey> changed = new LinkedHashMap<>();
  private final List<DkimKey> present = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private record Slot(DnsName domain, Algorithm algorithm) {
    static Slot of(Batch.Found found) {
      return new Slot(found.key().domain(), found.key().algorithm());
    }
  }

  Merge(boolean sign, boolean replace, Instant now) {
    this.sign = sign;
    this.replace = replace;
    this.now = now;
  }

  /** The ring with what is new about it. */
  DkimKeys into(DkimKeys ring, Batch batch) {
    Map<Slot, DkimKey> signers = new HashMap<>();
    for (Batch.Found found : batch.found()) {
      PrivateKey secret = sign && found.signs() ? found.privateKey() : null;
      if (secret != null) {
        DkimKey first = signers.putIfAbsent(Slot.of(found), found.key());
        if (first != null && !first.recordName().equals(found.key().recordName())) {
          problems.add(
              "%s: %s signs for %s already, so %s only recognises; one key of a kind signs. Choose with --private-key"
                  .formatted(
                      found.where(), first.selector(), first.domain(), found.key().selector()));
          secret = null;
        }
      }
      add(ring, found, secret);
    }
    return changed.isEmpty() ? ring : ring.with(changed.values(), now);
  }

  private void add(DkimKeys ring, Batch.Found found, @Nullable PrivateKey secret) {
    DkimKey key = found.key();
    DkimKey wanted = secret == null ? key : key.signs(secret, now);
    DkimKey old =
        Optional.ofNullable(changed.get(key.recordName()))
            .or(() -> ring.find(key.domain(), key.selector()))
            .orElse(null);
    boolean same = old != null && old.publicKey().equals(key.publicKey());
    if (old == null || (same && secret != null && !(old.state() instanceof DkimState.Signing))) {
      changed.put(key.recordName(), wanted);
    } else if (same) {
      present.add(old);
    } else if (replace && !changed.containsKey(key.recordName())) {
      changed.put(key.recordName(), wanted);
    } else {
      problems.add(
          "%s: %s has another key named %s, which is %s; with --replace it is lost"
              .formatted(found.where(), key.domain(), key.selector(), old.state().word()));
    }
  }

  /** What came in. */
  Collection<DkimKey> changed() {
    return changed.values();
  }

  /** What was there already, and stays as it is. */
  List<DkimKey> present() {
    return present;
  }

  /** Each a sentence that begins with where. */
  List<String> problems() {
    return problems;
  }
}
