package dev.backstop.edge.table;

import dev.backstop.edge.Connection;
import dev.backstop.edge.Door;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One Postfix process asking. One thread runs it; {@link #busy} is for others. */
final class TableSession implements Door.Session {
  private final TableServer server;
  private final Connection connection;
  private final NetstringReader requests;
  private volatile boolean answering;

  TableSession(TableServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
    this.requests = new NetstringReader(connection, server.limits());
  }

  @Override
  public boolean busy() {
    return answering;
  }

  @Override
  public void serve() throws IOException {
    try {
      for (String request = requests.next(); request != null; request = requests.next()) {
        answering = true;
        connection.expectWithin(server.limits().requestTime());
        String answer = answer(request);
        server.counters().served.increment();
        connection.write(ByteBuffer.wrap(netstring(answer)));
        answering = false;
      }
    } catch (NetstringReader.BadRequestException e) {
      server.counters().badPackets.increment();
      server.log().warn("table client broke the protocol", e.getMessage() + "; closed");
    }
  }

  /** socketmap_table(5): OK value, NOTFOUND, TEMP reason, PERM reason. */
  private String answer(String request) {
    int space = request.indexOf(' ');
    if (space < 0) {
      return "PERM request without a key";
    }
    Lookup table = server.tables().get(request.substring(0, space));
    if (table == null) {
      return "PERM no table of that name here";
    }
    return find(table, request.substring(space + 1));
  }

  private String find(Lookup table, String key) {
    try {
      Optional<String> value = table.find(key);
      return value.isEmpty() ? "NOTFOUND " : "OK " + oneLine(value.get());
    } catch (RuntimeException | Error e) {
      server.counters().failures.increment();
      server.log().error("table look-up failed, told TEMP", "a key of " + key.length(), e);
      return "TEMP look-up failed, try again later";
    }
  }

  private static String oneLine(String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException("table value of more than one line");
    }
    return value;
  }

  private static byte[] netstring(String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    byte[] length = (data.length + ":").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(length.length + data.length + 1);
    return all.put(length).put(data).put((byte) ',').array();
  }
}
