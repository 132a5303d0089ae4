package dev.backstop.server.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.dns.DnsName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All DKIM keys of one installation; every node of a cluster has the same. For each domain and
 * algorithm at most one signs and at most one is new, so that RSA and Ed25519 sign side by side.
 * Finding a key takes one step however many there are. Immutable.
 */
public final class DkimKeys {
  private static final Comparator<DkimKey> ORDER =
      Comparator.comparing(DkimKey::domain)
          .thenComparing(DkimKey::created)
          .thenComparing(DkimKey::algorithm)
          .thenComparing(DkimKey::selector);

  /** No key at all. */
  public static final DkimKeys NONE = new DkimKeys(List.of());

  private final List<DkimKey> keys;
  private final Map<DnsName, DkimKey> byName = new HashMap<>();
  private final SequencedMap<DnsName, List<DkimKey>> byDomain = new LinkedHashMap<>();
  private final Map<DnsName, List<SigningKey>> signing = new HashMap<>();

  private record Slot(DnsName domain, Algorithm algorithm, Class<? extends DkimState> state) {
    static Slot of(DkimKey key) {
      return new Slot(key.domain(), key.algorithm(), key.state().getClass());
    }
  }

  /**
   * A ring of these keys.
   *
   * @throws IllegalArgumentException when two keys have one name, or two of one domain and
   *     algorithm sign, or are new
   */
  public DkimKeys(Collection<DkimKey> keys) {
    this.keys = keys.stream().sorted(ORDER).toList();
    Set<Slot> taken = new HashSet<>();
    for (DkimKey key : this.keys) {
      if (byName.put(key.recordName(), key) != null) {
        throw new IllegalArgumentException("two keys have the name " + key.recordName());
      }
      boolean alone =
          switch (key.state()) {
            case DkimState.New _, DkimState.Signing _ -> taken.add(Slot.of(key));
            case DkimState.External _, DkimState.Retired _ -> true;
          };
      if (!alone) {
        throw new IllegalArgumentException(
            key.domain()
                + " has two "
                + key.algorithm().keyType()
                + " keys that are "
                + key.state().word());
      }
      byDomain.computeIfAbsent(key.domain(), _ -> new ArrayList<>()).add(key);
      key.signingKey()
          .ifPresent(
              each -> signing.computeIfAbsent(each.domain(), _ -> new ArrayList<>()).add(each));
    }
    signing.replaceAll(
        (_, each) -> each.stream().sorted(Comparator.comparing(SigningKey::algorithm)).toList());
  }

  /** In the order of their domains; of one domain the oldest first. */
  public List<DkimKey> keys() {
    return keys;
  }

  /** The keys of one domain, the oldest first; its parents and sub-domains have their own. */
  public List<DkimKey> of(DnsName domain) {
    return List.copyOf(byDomain.getOrDefault(domain, List.of()));
  }

  /** All domains that have a key, in their order. */
  public SequencedSet<DnsName> domains() {
    return Collections.unmodifiableSequencedSet(byDomain.sequencedKeySet());
  }

  /** What signs for a domain: nothing, or one key of each algorithm, RSA first. */
  public List<SigningKey> signing(DnsName domain) {
    return signing.getOrDefault(domain, List.of());
  }

  /**
   * The key by which a signature says that it was made, in whatever state it is.
   *
   * @param selector of any case; from mail, so it may be nonsense
   */
  public Optional<DkimKey> find(DnsName domain, String selector) {
    return DkimKey.recordName(domain, selector).map(byName::get);
  }

  /** The public halves of all of them, retired ones too: by these we know our own mail. */
  public OwnKeys own() {
    return new OwnKeys(
        keys.stream()
            .collect(
                Collectors.toMap(
                    DkimKey::recordName,
                    key -> List.of(KeyRecord.of(key.algorithm(), key.publicKey())))));
  }

  /**
   * Domains whose mail we sign, and since when without a gap. Before the present key others may
   * have signed, of which it is not known since when.
   */
  public Map<DnsName, Instant> signedSince() {
    Map<DnsName, Instant> since = new HashMap<>();
    for (DkimKey key : keys) {
      if (key.state() instanceof DkimState.Signing signs) {
        since.merge(key.domain(), signs.since(), (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    return since;
  }

  /**
   * With these keys in the place of those of the same names. Where one of them signs, the one that
   * signed so far for its domain and algorithm retires.
   *
   * @throws IllegalArgumentException when a domain would have two new keys of one algorithm
   */
  public DkimKeys with(Collection<DkimKey> changed, Instant now) {
    Map<DnsName, DkimKey> next = new HashMap<>(byName);
    Set<Slot> taken = new HashSet<>();
    for (DkimKey key : changed) {
      taken.add(Slot.of(key));
    }
    next.replaceAll((_, key) ->
        key.state() instanceof DkimState.Signing && taken.contains(Slot.of(key))
            ? key.retired(now)
            : key);
    changed.forEach(key -> next.put(key.recordName(), key));
    return new DkimKeys(next.values());
  }

  /** Without this key: what it signed is recognised no more. */
  public DkimKeys without(DkimKey key) {
    return new DkimKeys(keys.stream().filter(each -> !each.equals(key)).toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DkimKeys ring && keys.equals(ring.keys);
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }

  /** Without any secret. */
  @Override
  public String toString() {
    return "DkimKeys" + keys;
  }
}
