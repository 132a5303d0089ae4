package dev.backstop.server.config;

import dev.backstop.edge.ListenAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two doors on one address: the second would fail to open. */
final class ListenConflicts {
  private ListenConflicts() {}

  static void report(BackstopConfig config, Section file) {
    Map<ListenAddress, String> taken = new LinkedHashMap<>();
    claim("milter.listen", config.milter().listen(), taken, file);
    if (config.gateway().isOpen()) {
      claim("gateway.listen", config.gateway().listen(), taken, file);
    }
    claim("table.listen", config.table().listen(), taken, file);
    claim("web.listen", config.web().listen(), taken, file);
  }

  private static void claim(
      String key,
      List<? extends ListenAddress> addresses,
      Map<ListenAddress, String> taken,
      Section file) {
    for (ListenAddress address : addresses) {
      taken.entrySet().stream()
          .filter(other -> conflict(address, other.getKey()))
          .findFirst()
          .ifPresent(other -> file.refuse(key, quoted(address), reason(other)));
      taken.putIfAbsent(address, key);
    }
  }

  private static boolean conflict(ListenAddress one, ListenAddress other) {
    if (one instanceof ListenAddress.Tcp a && other instanceof ListenAddress.Tcp b) {
      return a.port() == b.port() && a.port() != 0 && overlap(a, b);
    }
    return one.equals(other);
  }

  private static boolean overlap(ListenAddress.Tcp a, ListenAddress.Tcp b) {
    return a.address().equals(b.address())
        || a.address().isAnyLocalAddress()
        || b.address().isAnyLocalAddress();
  }

  private static String reason(Map.Entry<ListenAddress, String> other) {
    return "is taken by " + other.getValue() + " = " + quoted(other.getKey());
  }

  private static String quoted(ListenAddress address) {
    return '"' + address.toString() + '"';
  }
}
