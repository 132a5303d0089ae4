package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A next hop on loopback that does what a script says: the first connection follows the first
 * script, and all from the last on the last one.
 */
final class ScriptedHop implements AutoCloseable {
  private final ServerSocket server;
  private final Script[] scripts;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  /** Each connection's end: {@code done}, or what went wrong. */
  final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();

  /** What the hop does with one connection. */
  interface Script {
    void run(Peer peer) throws IOException;
  }

  ScriptedHop(Script... scripts) throws IOException {
    this.scripts = scripts;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = connections.getAndIncrement();
        Script script = scripts[Math.min(number, scripts.length - 1)];
        Thread.ofVirtual().start(() -> run(script, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void run(Script script, Socket socket) {
    try (socket) {
      script.run(new Peer(socket));
      ends.add("done");
    } catch (IOException | RuntimeException | AssertionError e) {
      ends.add(e.toString());
    }
  }

  int port() {
    return server.getLocalPort();
  }

  NextHop hop() {
    return hop(TlsPolicy.NONE, Identify.NONE);
  }

  /** Under a name, so that it does not count as this machine. */
  NextHop hop(TlsPolicy tls, Identify identify) {
    return NextHop.parse("hop.test:" + port(), tls, identify);
  }

  NextHop lmtp() {
    return NextHop.parse("lmtp:127.0.0.1:" + port(), TlsPolicy.NONE, Identify.NONE);
  }

  String end() throws InterruptedException {
    return ends.take();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** The hop's side of one connection. */
  static final class Peer {
    private final InputStream in;
    private final OutputStream out;
    final List<String> heard = new ArrayList<>();
    private boolean secure;
    private byte[] record = {};
    private int at;

    Peer(Socket socket) throws IOException {
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** Lines with CRLF; a vertical bar stands between them. All in one write. */
    void say(String lines) throws IOException {
      raw(lines.replace("|", "\r\n") + "\r\n");
    }

    void raw(String octets) throws IOException {
      byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
      out.write(secure ? FakeTls.record(FakeTls.DATA, bytes, 0, bytes.length) : bytes);
    }

    /** The next line without its end; {@code closed} at the end. */
    String hear() throws IOException {
      var line = new StringBuilder();
      for (int octet = octet(); octet >= 0; octet = octet()) {
        line.append((char) octet);
        if (octet == '\n') {
          String text = line.substring(0, line.length() - 2);
          heard.add(text);
          return text;
        }
      }
      return line.isEmpty() ? "closed" : "cut off: " + line;
    }

    /** A connection that was reset has ended too: somebody had not read all that we said. */
    private int octet() throws IOException {
      try {
        return secure ? secureOctet() : in.read();
      } catch (SocketException e) {
        return -1;
      }
    }

    private int secureOctet() throws IOException {
      if (at == record.length) {
        record = FakeTls.readRecord(in);
        at = 0;
      }
      return record.length == 0 ? -1 : record[at++] & 0xff;
    }

    byte[] octets(int count) throws IOException {
      return in.readNBytes(count);
    }

    void expect(String line) throws IOException {
      String got = hear();
      if (!got.equals(line)) {
        throw new AssertionError("expected " + line + ", got " + got);
      }
    }

    /** One line in, one reply out. */
    void answer(String expected, String reply) throws IOException {
      expect(expected);
      say(reply);
    }

    /** Greeting and EHLO, answered with these keywords. */
    void greet(String... keywords) throws IOException {
      say("220 hop.test ESMTP");
      ehlo(keywords);
    }

    void ehlo(String... keywords) throws IOException {
      expect("EHLO us.test");
      var reply = new StringBuilder(keywords.length == 0 ? "250 hop.test" : "250-hop.test");
      for (int i = 0; i < keywords.length; i++) {
        reply.append(i == keywords.length - 1 ? "|250 " : "|250-").append(keywords[i]);
      }
      say(reply.toString());
    }

    /** Everything up to the dot, as it came. */
    String message() throws IOException {
      var text = new StringBuilder();
      for (String line = hear(); !line.equals("."); line = hear()) {
        if (line.equals("closed") || line.startsWith("cut off")) {
          return text + line;
        }
        text.append(line).append("\r\n");
      }
      return text.toString();
    }

    /** The server's side of {@link FakeTls}. */
    void secure() throws IOException {
      byte[] hello = FakeTls.readRecord(in);
      if (!new String(hello, StandardCharsets.US_ASCII).equals("hello hop.test")) {
        throw new AssertionError("no hello");
      }
      out.write(FakeTls.record(FakeTls.HANDSHAKE, new byte[] {'o', 'k'}, 0, 2));
      // not asked for, as servers of TLS 1.3 do
      out.write(FakeTls.record(FakeTls.TICKET, new byte[200], 0, 200));
      secure = true;
    }

    void awaitEnd() throws IOException {
      while (!hear().equals("closed")) {
        // QUIT, perhaps
      }
    }
  }
}
