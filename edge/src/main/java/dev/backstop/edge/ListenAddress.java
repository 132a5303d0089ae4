package dev.backstop.edge;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a door listens. */
public sealed interface ListenAddress {

  /**
   * A TCP address.
   *
   * @param host name or address literal, without brackets
   * @param port 0 to 65535; 0 takes any free one
   */
  record Inet(String host, int port) implements ListenAddress {
    public Inet {
      if (host.isEmpty() || port < 0 || port > 65535) {
        throw new IllegalArgumentException(
            "\"" + host + ":" + port + "\" is no address to listen on; write 127.0.0.1:8891");
      }
    }

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /**
   * A unix-domain socket.
   *
   * @param path of the socket file, which is made with mode 0660 and removed at the end
   */
  record Unix(Path path) implements ListenAddress {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code unix:PATH}.
   *
   * @throws IllegalArgumentException for anything else; the message shows how to write it
   */
  static ListenAddress parse(String text) {
    return text.startsWith("unix:") ? unix(text) : inet(text);
  }

  private static ListenAddress unix(String text) {
    try {
      String path = text.substring("unix:".length());
      if (!path.isEmpty()) {
        return new Unix(Path.of(path));
      }
    } catch (InvalidPathException e) {
      // said below, like every other unusable path
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" names no socket file; write unix:/run/backstop/milter.sock");
  }

  private static ListenAddress inet(String text) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new Inet(
            bracketed ? host.substring(1, host.length() - 1) : host,
            Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (NumberFormatException e) {
      // said below, like every other text without a port
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is no address to listen on; write 127.0.0.1:8891 or unix:/run/x.sock");
  }
}
