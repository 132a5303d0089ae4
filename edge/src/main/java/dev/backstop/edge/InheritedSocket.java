package dev.backstop.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * The socket that came as file descriptor 0, as {@code StandardInput=socket} of systemd or inetd's
 * {@code wait} hand it over. It belongs to the parent, so it is never closed: we only stop to
 * accept. Closing it would also turn our standard output and error into {@code /dev/null} (so the
 * JDK does it), and with them what is logged at the end.
 */
final class InheritedSocket {
  private InheritedSocket() {}

  /**
   * Takes it, to accept connections.
   *
   * @throws UnableToListenException if there is none
   */
  static Socket take(String name) throws IOException {
    Optional<ServerSocketChannel> channel = channel();
    Optional<ListenAddress> address = address();
    if (channel.isEmpty() || address.isEmpty()) {
      throw new UnableToListenException(
          name
              + " cannot listen on the inherited socket: file descriptor 0 is no listening socket;"
              + " start Backstop with one as its standard input (systemd: a .socket unit, and"
              + " StandardInput=socket in the .service), or configure another address");
    }
    channel.get().configureBlocking(false);
    Selector queue = Selector.open();
    channel.get().register(queue, SelectionKey.OP_ACCEPT);
    return new Socket(channel.get(), address.get(), queue);
  }

  /** Where the parent made it listen; none if there is no such socket. */
  static Optional<ListenAddress> address() {
    try {
      Optional<ServerSocketChannel> channel = channel();
      return channel.isEmpty() ? Optional.empty() : address(channel.get());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ListenAddress> address(ServerSocketChannel channel) throws IOException {
    return switch (channel.getLocalAddress()) {
      case InetSocketAddress internet ->
          Optional.of(new ListenAddress.Tcp(internet.getAddress(), internet.getPort()));
      case UnixDomainSocketAddress unix -> Optional.of(new ListenAddress.Unix(unix.getPath()));
      case null, default -> Optional.empty();
    };
  }

  private static Optional<ServerSocketChannel> channel() throws IOException {
    return System.inheritedChannel() instanceof ServerSocketChannel channel
        ? Optional.of(channel)
        : Optional.empty();
  }

  /** Waits in the queue; another process may be served from the same socket, and be faster. */
  static SocketChannel accept(ServerSocketChannel channel, Selector queue) throws IOException {
    try {
      while (queue.isOpen()) {
        queue.select();
        queue.selectedKeys().clear();
        SocketChannel accepted = channel.accept();
        if (accepted != null) {
          return accepted;
        }
      }
    } catch (ClosedSelectorException e) {
      // told below
    }
    throw new ClosedChannelException();
  }
}
