package dev.backstop.cli.check.input;

import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MboxReader;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The messages of one file or stream: one, or those of an mbox, packed or not. Memory is bounded by
 * one message.
 */
final class MailFile {
  /** Files up to this length are read at once. */
  private static final int SMALL = 1 << 20;

  /** Octets that may come out of a packed file: some are made to never end. */
  private static final long MAX_UNPACKED = 16L << 30;

  private static final int BUFFER = 64 << 10;

  /** What a field takes in memory beside its octets. */
  private static final int FIELD = 100;

  private final Sink sink;
  private final Reached reached;
  private final int maxMessage;

  MailFile(Sink sink, Reached reached, int maxMessage) {
    this.sink = sink;
    this.reached = reached;
    this.maxMessage = maxMessage;
  }

  /**
   * Reads a file.
   *
   * @param size as the folder says; may have changed
   * @param sure true when it is mail whatever it looks like
   */
  void read(Path file, long size, boolean sure) {
    String name = file.toString();
    try (InputStream in = Files.newInputStream(file)) {
      if (size > 0 && size <= SMALL) {
        small(name, in, (int) size, sure);
      } else {
        large(name, in, size, sure);
      }
    } catch (IOException e) {
      sink.problem(name, Trouble.of(e));
    }
  }

  /** Reads a stream to its end; it is mail whatever it looks like. */
  void standardInput(InputStream in) {
    try {
      stream("-", in, true);
    } catch (IOException e) {
      sink.problem("-", Trouble.of(e));
    }
  }

  /** Or of unknown size, like a named pipe. */
  private void large(String name, InputStream in, long size, boolean sure) throws IOException {
    if (size == 0) {
      stream(name, in, sure);
      return;
    }
    try {
      stream(name, new CountedInput(in, Long.MAX_VALUE, count -> at(name, count, size)), sure);
    } finally {
      reached.at(Reached.Position.NOWHERE);
    }
  }

  private void at(String name, long count, long size) {
    reached.at(new Reached.Position(name, (int) Math.min(100, count * 100 / size)));
  }

  private void small(String name, InputStream in, int size, boolean sure) throws IOException {
    byte[] bytes = new byte[size + 1];
    int length = in.readNBytes(bytes, 0, bytes.length);
    if (length > size) { // it has grown
      stream(name, new SequenceInputStream(new ByteArrayInputStream(bytes), in), sure);
      return;
    }
    Looks looks = Looks.of(name, bytes, length);
    if (looks == Looks.MESSAGE || (looks == Looks.OTHER && sure)) {
      one(name, bytes, length, false);
    } else {
      stream(name, new ByteArrayInputStream(bytes, 0, length), sure);
    }
  }

  private void stream(String name, InputStream in, boolean sure) throws IOException {
    var buffered = new BufferedInputStream(in, BUFFER);
    Looks looks = looks(name, buffered);
    if (looks == Looks.PACKED) {
      InputStream unpacked = new GZIPInputStream(buffered, BUFFER);
      buffered = new BufferedInputStream(new CountedInput(unpacked, MAX_UNPACKED, _ -> {}), BUFFER);
      looks = looks(name, buffered);
    }
    switch (looks) {
      case MBOX -> mbox(name, buffered);
      case MESSAGE -> message(name, buffered);
      case EMLX -> emlx(name, buffered);
      case EMPTY -> unfit(name, sure, "empty");
      case PACKED -> unfit(name, sure, "packed twice");
      case OUTLOOK -> unfit(name, sure, "Outlook .msg is not mail text: save it as .eml");
      case OTHER -> {
        if (sure) {
          message(name, buffered);
        } else {
          sink.passedOver(name);
        }
      }
    }
  }

  private static Looks looks(String name, BufferedInputStream in) throws IOException {
    in.mark(Looks.BEGINNING);
    byte[] beginning = in.readNBytes(Looks.BEGINNING);
    in.reset();
    return Looks.of(name, beginning, beginning.length);
  }

  private void unfit(String name, boolean sure, String reason) {
    if (sure) {
      sink.problem(name, reason);
    } else {
      sink.passedOver(name);
    }
  }

  private void mbox(String name, InputStream in) throws IOException {
    var reader = new MboxReader(in, maxMessage);
    int number = 0;
    for (RawMessage next = reader.next(); next != null; next = reader.next()) {
      RawMessage message = next;
      reached.expect(number == 0 ? 0 : 1); // the file itself stands for the first
      number++;
      sink.message(name + ":" + number, octets(message), () -> message);
    }
  }

  private static int octets(RawMessage message) {
    int octets = message.body().length();
    for (HeaderField field : message.header()) {
      octets += field.value().length + FIELD;
    }
    return octets;
  }

  private void message(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(maxMessage);
    one(name, bytes, bytes.length, bytes.length == maxMessage && in.read() >= 0);
  }

  /** What follows the length that is said is not mail. */
  private void emlx(String name, InputStream in) throws IOException {
    int said = Emlx.length(in);
    byte[] bytes = in.readNBytes(Math.min(said, maxMessage));
    one(name, bytes, bytes.length, said > maxMessage && bytes.length == maxMessage);
  }

  private void one(String name, byte[] bytes, int length, boolean truncated) {
    sink.message(name, length, () -> MessageSplitter.split(bytes, length, truncated));
  }
}
