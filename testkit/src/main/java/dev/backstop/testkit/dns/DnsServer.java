package dev.backstop.testkit.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A name server on loopback that answers from a {@link Zone}: UDP and TCP on one port. An answer
 * that is too long for UDP is cut, with the TC bit, as real servers do. Safe for all threads.
 */
public final class DnsServer implements AutoCloseable {
  private static final int MAX_MESSAGE = 65_535;
  private static final int IDLE_MILLIS = 10_000;
  private static final int TRIES_FOR_A_PORT = 100;

  private final Zone zone;
  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final InetSocketAddress address;
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();

  private DnsServer(Zone zone, ServerSocket tcp, DatagramSocket udp) {
    this.zone = zone;
    this.tcp = tcp;
    this.udp = udp;
    this.address = new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
  }

  /**
   * On a free port.
   *
   * @throws IOException when there is none
   */
  public static DnsServer start(Zone zone) throws IOException {
    for (int i = 1; i < TRIES_FOR_A_PORT; i++) {
      try {
        return start(zone, 0);
      } catch (BindException _) {
        // The port that TCP got is taken for UDP.
      }
    }
    return start(zone, 0);
  }

  /**
   * On that port.
   *
   * @throws IOException when it cannot be had
   */
  public static DnsServer start(Zone zone, int port) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    var tcp = new ServerSocket(port, 50, loopback);
    try {
      var server = new DnsServer(zone, tcp, new DatagramSocket(tcp.getLocalPort(), loopback));
      server.threads.add(Thread.ofVirtual().name("dns udp").start(server::serveUdp));
      server.threads.add(Thread.ofVirtual().name("dns tcp").start(server::serveTcp));
      return server;
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** What was asked so far, such as {@code TXT example.com} or {@code TCP TXT example.com}. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  private void serveUdp() {
    var packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
    while (!udp.isClosed()) {
      try {
        packet.setLength(MAX_MESSAGE);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        Optional<byte[]> answer = answer(query, false);
        if (answer.isPresent()) {
          byte[] octets = answer.get();
          udp.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
        }
      } catch (IOException _) {
        // Closed, or a client that has gone.
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket client = tcp.accept();
        Thread.ofVirtual().name("dns tcp client").start(() -> serve(client));
      } catch (IOException _) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(IDLE_MILLIS);
      var in = new DataInputStream(client.getInputStream());
      var out = new DataOutputStream(client.getOutputStream());
      while (true) {
        byte[] query = in.readNBytes(in.readUnsignedShort());
        Optional<byte[]> answer = answer(query, true);
        if (answer.isPresent()) {
          out.writeShort(answer.get().length);
          out.write(answer.get());
        }
      }
    } catch (IOException _) {
      // The client has gone, or has nothing more to ask.
    }
  }

  private Optional<byte[]> answer(byte[] octets, boolean overTcp) {
    try {
      Message query = new Message(octets);
      Record question = query.getQuestion();
      if (question != null) {
        String name = question.getName().toString(true);
        questions.add((overTcp ? "TCP " : "") + Type.string(question.getType()) + " " + name);
      }
      int most = overTcp ? MAX_MESSAGE : ZoneMessage.udpOctets(query);
      return ZoneMessage.to(query, zone).map(answer -> answer.toWire(most));
    } catch (IOException | RuntimeException _) {
      return octets.length < 12 ? Optional.empty() : Optional.of(ZoneMessage.formatError(octets));
    }
  }

  /** When it returns the port is free: questions find no name server there. */
  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
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
