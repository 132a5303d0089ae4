package dev.backstop.server.config;

import dev.backstop.edge.ListenAddress;
import java.util.List;

/**
 * The socketmap that Postfix asks.
 *
 * @param listen none: the door is closed
 */
public record Table(List<ListenAddress> listen) {
  static final Table DEFAULT = new Table(List.of(ListenAddress.parse("127.0.0.1:8892")));

  public Table {
    listen = List.copyOf(listen);
  }
}
