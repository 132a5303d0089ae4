package dev.backstop.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstop.edge.table.TableServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A parent that keeps its socket while one child after the other serves it. */
@Timeout(120)
class InheritedSocketTest {
  private static final String PARENT =
      """
      import socket, subprocess, sys
      where = sys.argv[1]
      listening = socket.socket(socket.AF_UNIX if where else socket.AF_INET)
      listening.bind(where or ("127.0.0.1", 0))
      listening.listen(10)
      print(where or listening.getsockname()[1], flush=True)
      for line in sys.stdin:
          ended = subprocess.run(sys.argv[2:], stdin=listening)
          print("ended", ended.returncode, flush=True)
      """;

  @TempDir private Path folder;

  /** The parent, which starts a child for each line that it reads. */
  private static final class Parent implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    final String where;

    Parent(String where) throws IOException {
      process =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  PARENT,
                  where,
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  InheritedChild.class.getName())
              .redirectErrorStream(true)
              .start();
      output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      this.where = String.valueOf(output.readLine());
    }

    void startChild() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    /**
     * The next line of it or of a child, without what the log of a program without settings says.
     */
    String line() throws IOException {
      String line = output.readLine();
      while (line != null && line.startsWith("SLF4J")) {
        line = output.readLine();
      }
      return String.valueOf(line);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String ask(SocketChannel connection, String key) throws IOException {
    String request = "t " + key;
    connection.write(ByteBuffer.wrap((request.length() + ":" + request + ",").getBytes(UTF_8)));
    ByteBuffer room = ByteBuffer.allocate(100);
    while (room.position() == 0 || room.get(room.position() - 1) != ',') {
      if (connection.read(room) < 0) {
        return "closed";
      }
    }
    return new String(room.array(), 0, room.position(), UTF_8);
  }

  private static void assumePython() {
    try {
      assumeTrue(new ProcessBuilder("python3", "-V").start().waitFor() == 0);
    } catch (IOException | InterruptedException e) {
      assumeTrue(false, "no python3 here");
    }
  }

  private static void twoChildren(Parent parent, SocketAddress address, String shown)
      throws IOException {
    parent.startChild();
    assertThat(parent.line()).isEqualTo("ready [" + shown + "] public=false");
    String first;
    try (SocketChannel connection = SocketChannel.open(address)) {
      first = ask(connection, "who");
      assertThat(first).contains("OK process ");
      assertThat(ask(connection, "stop")).isEqualTo(first);
    }
    // the log of the end is not lost, and the child ends although the socket lives on
    assertThat(parent.line()).isEqualTo("closed");
    assertThat(parent.line()).isEqualTo("ended 0");
    // nobody serves it now, and still nobody is refused
    try (SocketChannel connection = SocketChannel.open(address)) {
      parent.startChild();
      assertThat(ask(connection, "who")).contains("OK process ").isNotEqualTo(first);
      assertThat(parent.line()).startsWith("ready ");
      ask(connection, "stop");
    }
    assertThat(parent.line()).isEqualTo("closed");
    assertThat(parent.line()).isEqualTo("ended 0");
  }

  @Test
  void noConnectionIsRefusedWhileWeAreStartedAnew() throws IOException {
    assumePython();
    try (var parent = new Parent("")) {
      int port = Integer.parseInt(parent.where);
      twoChildren(
          parent,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          "127.0.0.1:" + port);
    }
  }

  @Test
  void fileOfAnInheritedUnixSocketStays() throws IOException {
    assumePython();
    Path path = folder.resolve("door");
    try (var parent = new Parent(path.toString())) {
      twoChildren(parent, UnixDomainSocketAddress.of(path), "unix:" + path);
    }
    assertThat(path).exists();
  }

  @Test
  void withoutSuchASocketTheRemedyIsTold() {
    try (var server = new TableServer(Map.of(), TableServer.Limits.DEFAULT)) {
      assertThatThrownBy(() -> server.start(List.of(ListenAddress.parse("inherited"))))
          .isInstanceOf(UnableToListenException.class)
          .hasMessageContaining("file descriptor 0 is no listening socket")
          .hasMessageContaining("StandardInput=socket");
    }
  }
}
