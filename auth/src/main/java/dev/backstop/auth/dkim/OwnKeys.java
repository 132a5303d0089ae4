package dev.backstop.auth.dkim;

import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.Map;

/**
 * Our own keys, present and retired: a message that comes back after its key has left DNS is still
 * known to be ours.
 *
 * @param records by their names ({@link SigningKey#recordName()}), at least one under each
 */
public record OwnKeys(Map<DnsName, List<KeyRecord>> records) implements KeySource {
  public OwnKeys {
    records = Map.copyOf(records);
  }

  @Override
  public KeyAnswer find(DnsName recordName) {
    List<KeyRecord> found = records.getOrDefault(recordName, List.of());
    return found.isEmpty()
        ? new KeyAnswer.Unusable(DkimResult.PERMERROR, "not a key of ours")
        : new KeyAnswer.Found(found);
  }
}
