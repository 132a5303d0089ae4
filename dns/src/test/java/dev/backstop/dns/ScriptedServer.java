package dev.backstop.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A peer on loopback, UDP and TCP on one port, that sends what a script says, however wrong.
 * Remembers what it was sent.
 */
final class ScriptedServer implements AutoCloseable {
  /** What to do with a query. */
  interface Script {
    /** The packets to send back, in order; none for silence. */
    List<byte[]> udp(byte[] query) throws IOException;

    /** Whatever is to be written, framing included; the connection ends after it. */
    default void tcp(byte[] query, OutputStream out) throws Exception {
      throw new IOException("no TCP here");
    }
  }

  private final List<byte[]> queries = new CopyOnWriteArrayList<>();
  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Script script;
  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final InetSocketAddress address;

  private ScriptedServer(Script script, ServerSocket tcp, DatagramSocket udp) {
    this.script = script;
    this.tcp = tcp;
    this.udp = udp;
    this.address = (InetSocketAddress) udp.getLocalSocketAddress();
  }

  static ScriptedServer start(Script script) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int i = 0; i < 100; i++) {
      try {
        var tcp = new ServerSocket(0, 50, loopback);
        try {
          var udp = new DatagramSocket(tcp.getLocalPort(), loopback);
          var server = new ScriptedServer(script, tcp, udp);
          server.threads.add(Thread.ofVirtual().start(server::serveUdp));
          server.threads.add(Thread.ofVirtual().start(server::serveTcp));
          return server;
        } catch (BindException _) {
          tcp.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("no port free for both");
  }

  InetSocketAddress address() {
    return address;
  }

  /** Packets of UDP that came, in order. */
  List<byte[]> queries() {
    return List.copyOf(queries);
  }

  /** The ports they came from. */
  List<Integer> ports() {
    return List.copyOf(ports);
  }

  private void serveUdp() {
    var packet = new DatagramPacket(new byte[4096], 4096);
    while (!udp.isClosed()) {
      try {
        packet.setLength(4096);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        queries.add(query);
        ports.add(packet.getPort());
        for (byte[] answer : script.udp(query)) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException _) {
        // closed, or a client that is gone
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket socket = tcp.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      byte[] query = in.readNBytes(in.readUnsignedShort());
      script.tcp(query, socket.getOutputStream());
    } catch (Exception _) {
      // the script breaks off, or the client is gone
    }
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
      // Only when nobody reads any more are the ports free.
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
