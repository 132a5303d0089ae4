package dev.backstop.edge.smtp.content;

import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.FieldText;
import dev.backstop.edge.MessageFilter;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through: its header, its body in the {@link Spool}, and the filter that
 * judges it as it comes. What is wrong with it is remembered and said at its end, where SMTP has a
 * place for it. Not for several threads; {@link #close} it.
 */
public final class Letter implements ContentReader.Target, AutoCloseable {
  static final Reply TOO_LARGE =
      new Reply(552, "5.3.4", "Message is larger than this system accepts");
  private static final Reply HEADER_TOO_LARGE =
      new Reply(552, "5.3.4", "Message header is larger than this system accepts");
  private static final Reply LOOP =
      new Reply(554, "5.4.6", "Too many hops: the message has passed 100 systems");
  public static final Reply NO_ROOM =
      new Reply(452, "4.3.1", "No room for the message at the moment, please try again later");
  private static final Reply FAILED =
      new Reply(451, "4.3.0", "Mail filter failed, please try again later");

  /** RFC 5321 §6.3. */
  private static final int MOST_HOPS = 100;

  private static final byte[] DOT = {'.'};
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Limits limits;
  private final Judge judge;
  private final HeaderBlock header;
  private final Spool spool;
  private @Nullable List<HeaderField> fields;
  private @Nullable MessageFilter filter;
  private int bodyWanted;
  private boolean readsBody;
  private boolean dotsInKept;
  private long size;
  private @Nullable Reply refusal;

  /**
   * Bounds of one message.
   *
   * @param memory octets of the body that are kept in memory before the disk is used
   */
  public record Limits(int headerFields, int headerOctets, long messageOctets, int memory) {}

  /** Who judges it. */
  public interface Judge {
    /** The header is complete; {@code null} when the filter failed. */
    @Nullable MessageFilter begin(List<HeaderField> header);

    /** The filter failed: a fault of ours. */
    void failed(Throwable cause);
  }

  public Letter(Limits limits, SpoolSpace space, Judge judge) {
    this.limits = limits;
    this.judge = judge;
    this.header = new HeaderBlock(limits.headerFields(), limits.headerOctets());
    this.spool = new Spool(space, limits.memory());
  }

  /** What is wrong with it so far. */
  public @Nullable Reply refusal() {
    return refusal;
  }

  /** Refuses it; the first reason stays. All memory is given back. */
  public void refuse(Reply reply) {
    if (refusal == null) {
      refusal = reply;
      close();
    }
  }

  /** Octets so far, refused ones included. */
  public long size() {
    return size;
  }

  @Override
  public void octets(byte[] octets, int from, int to) {
    size += to - from;
    if (size > limits.messageOctets()) {
      refuse(TOO_LARGE);
    }
    int at = refusal == null && fields == null ? header(octets, from, to) : from;
    if (at < to && refusal == null) {
      body(octets, at, to);
    }
  }

  @Override
  public void doubledDot() {
    if (refusal == null && fields != null) { // in the header it is put back when it goes on
      dotsInKept |= spool.length() < bodyWanted;
      toSpool(DOT, 0, 1);
    }
  }

  /** Where the header ended, or {@code to}. */
  private int header(byte[] octets, int from, int to) {
    int at = from;
    while (at < to && fields == null && refusal == null) {
      int end = at;
      while (end < to && octets[end] != '\n') {
        end++;
      }
      boolean whole = end < to;
      end = whole ? end + 1 : to;
      if (!header.add(octets, at, end)) {
        refuse(HEADER_TOO_LARGE);
      } else if (whole) {
        headerLine();
      }
      at = end;
    }
    return at;
  }

  private void headerLine() {
    switch (header.line()) {
      case PART -> {}
      case TOO_MUCH -> refuse(HEADER_TOO_LARGE);
      case END -> beginBody();
      case BODY -> {
        byte[] line = header.takeLine();
        beginBody();
        if (refusal == null) {
          if (line[0] == '.') {
            doubledDot();
          }
          body(line, 0, line.length);
        }
      }
    }
  }

  private void beginBody() {
    List<HeaderField> complete = header.fields();
    fields = complete;
    if (header.count("Received") > MOST_HOPS) {
      refuse(LOOP);
      return;
    }
    MessageFilter begun = judge.begin(complete);
    if (begun == null) {
      refuse(FAILED);
      return;
    }
    filter = begun;
    bodyWanted = Math.min(begun.bodyWanted(), limits.memory());
    readsBody = begun.readsBody();
  }

  private void body(byte[] octets, int from, int to) {
    toSpool(octets, from, to);
    MessageFilter reader = filter;
    if (readsBody && reader != null && refusal == null) {
      try {
        reader.body(octets, from, to - from);
      } catch (RuntimeException | Error e) {
        judge.failed(e);
        refuse(FAILED);
      }
    }
  }

  private void toSpool(byte[] octets, int from, int to) {
    try {
      spool.write(octets, from, to);
    } catch (IOException e) {
      refuse(NO_ROOM);
    }
  }

  /** The last octet has come. Decides, unless it is refused already. */
  public @Nullable Action end(Transaction transaction) {
    if (refusal == null && fields == null) {
      beginBody(); // a message that is only a header, or nothing
    }
    boolean kept = spool.inMemory() >= Math.min(bodyWanted, spool.length());
    if (!kept) {
      refuse(NO_ROOM);
    }
    MessageFilter reader = filter;
    List<HeaderField> complete = fields;
    if (refusal != null || reader == null || complete == null) {
      return null;
    }
    try {
      return reader.end(transaction, new RawMessage(complete, kept(), spool.length() > bodyWanted));
    } catch (RuntimeException | Error e) {
      judge.failed(e);
      refuse(FAILED);
      return null;
    }
  }

  private RawMessage.Body kept() {
    int length = (int) Math.min(spool.length(), bodyWanted);
    byte[] memory = spool.beginning();
    return dotsInKept ? withoutDoubledDots(memory, length) : new RawMessage.Body(memory, length);
  }

  private static RawMessage.Body withoutDoubledDots(byte[] wire, int length) {
    byte[] text = new byte[length];
    int written = 0;
    boolean lineStarts = true;
    for (int i = 0; i < length; i++) {
      if (!lineStarts || wire[i] != '.') {
        text[written++] = wire[i];
        lineStarts = wire[i] == '\n';
      } else {
        lineStarts = false;
      }
    }
    return new RawMessage.Body(text, written);
  }

  /**
   * Writes the message with these changes, as it is on the wire, without the dot that ends it.
   *
   * @param trace a field for the very top, with its line end; may be empty
   * @throws IllegalArgumentException for an edit that would break the message
   */
  public void copyTo(Sink sink, List<Edit> edits, byte[] trace) throws IOException {
    sink.write(trace, 0, trace.length);
    for (Edit edit : edits.reversed()) { // each was put at the top, over those before
      if (edit instanceof Edit.InsertHeader insert) {
        String name = FieldText.checkName(insert.name());
        byte[] line =
            (name + ": " + FieldText.checkValue(insert.value()) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        sink.write(line, 0, line.length);
      }
    }
    header.copyTo(sink, new Removals(edits));
    sink.write(LINE_END, 0, 2);
    spool.copyTo(sink);
  }

  @Override
  public void close() {
    spool.close();
    filter = null;
  }
}
