package dev.backstop.edge.milter;

import dev.backstop.edge.Connection;
import dev.backstop.mail.smtp.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What goes back to the mail server, each answer in one write. */
final class Answers {
  private final Connection connection;
  private final Duration patience;

  /**
   * Writes to one connection.
   *
   * @param patience how long the peer may take to read an answer
   */
  Answers(Connection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  void goOn() throws IOException {
    only('c');
  }

  void accept() throws IOException {
    only('a');
  }

  void skip() throws IOException {
    only('s');
  }

  void refuse(Reply reply) throws IOException {
    var out = new PacketWriter();
    refuse(out, reply);
    send(out);
  }

  /** libmilter reads the text as a format; {@link Reply} leaves no percent sign in it. */
  static void refuse(PacketWriter out, Reply reply) {
    out.begin('y').string(reply.toString()).end();
  }

  void send(PacketWriter out) throws IOException {
    write(out.bytes());
  }

  private void only(char code) throws IOException {
    write(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, (byte) code}));
  }

  private void write(ByteBuffer bytes) throws IOException {
    connection.expectWithin(patience);
    connection.write(bytes);
  }
}
