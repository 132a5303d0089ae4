package dev.backstop.server.config;

import dev.backstop.edge.ListenAddress;
import java.util.List;

/**
 * Metrics and health over HTTP.
 *
 * @param listen none: the door is closed
 */
public record Web(List<ListenAddress.Tcp> listen) {
  static final Web DEFAULT = new Web(List.of(ListenAddress.parseTcp("127.0.0.1:8025")));

  public Web {
    listen = List.copyOf(listen);
  }
}
