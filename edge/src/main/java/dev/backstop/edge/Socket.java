package dev.backstop.edge;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A bound listening socket and the address it really has.
 *
 * @param queue where to wait for connections of an inherited socket; {@code null}: it is our own
 */
record Socket(ServerSocketChannel channel, ListenAddress address, @Nullable Selector queue) {
  private static final int BACKLOG = 1024;

  /**
   * @throws UnableToListenException with the remedy
   */
  static Socket bind(String name, ListenAddress address) {
    try {
      return switch (address) {
        case ListenAddress.Tcp tcp -> tcp(tcp);
        case ListenAddress.Unix unix -> unix(name, unix.path());
        case ListenAddress.Inherited _ -> InheritedSocket.take(name);
      };
    } catch (BindException e) {
      throw cannot(
          name,
          address,
          String.valueOf(e.getMessage()),
          "stop the program that has it (perhaps another Backstop), or configure another address",
          e);
    } catch (IOException | UnsupportedOperationException e) {
      String remedy = "check that this user may open it";
      throw cannot(name, address, String.valueOf(e.getMessage()), remedy, e);
    }
  }

  private static UnableToListenException cannot(
      String name, ListenAddress address, String why, String remedy, Exception cause) {
    return new UnableToListenException(
        name + " cannot listen on " + address + ": " + why + "; " + remedy, cause);
  }

  private static Socket tcp(ListenAddress.Tcp tcp) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(tcp.toSocketAddress(), BACKLOG);
      var bound = (InetSocketAddress) channel.getLocalAddress();
      return new Socket(channel, new ListenAddress.Tcp(tcp.address(), bound.getPort()), null);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Socket unix(String name, Path path) throws IOException {
    removeStale(name, path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
      return new Socket(channel, new ListenAddress.Unix(path), null);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A socket file outlives a crash. It is removed only if nobody answers on it. */
  private static void removeStale(String name, Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new UnableToListenException(
          name
              + " cannot listen on unix:"
              + path
              + ": there is a file of that name that is no"
              + " socket; remove it, or configure another path");
    }
    if (answers(path)) {
      throw new BindException("another program answers there");
    }
    Files.delete(path);
  }

  private static boolean isSocket(Path path) throws IOException {
    return (((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS)) & 0170000)
        == 0140000;
  }

  private static boolean answers(Path path) throws IOException {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (ConnectException e) {
      return false; // refused; what else goes wrong (no permission) does not prove it stale
    }
  }

  /** Small answers must not wait for the peer's delayed acknowledgement (40 ms each). */
  static void withoutDelay(SocketChannel channel) throws IOException {
    if (channel.getLocalAddress() instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  /**
   * The next connection; waits for it.
   *
   * @throws java.nio.channels.ClosedChannelException when this was closed
   */
  SocketChannel accept() throws IOException {
    return queue == null ? channel.accept() : InheritedSocket.accept(channel, queue);
  }

  void close() {
    try {
      if (queue != null) {
        queue.close();
        return;
      }
      channel.close();
      if (address instanceof ListenAddress.Unix unix) {
        Files.deleteIfExists(unix.path());
      }
    } catch (IOException e) {
      // Nobody listens any more, which is what was asked; a left-over file is removed at next
      // start.
    }
  }
}
