package dev.backstop.edge.table;

import dev.backstop.edge.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads netstrings, {@code LENGTH:DATA,}, the length in decimal. Between requests it holds a small
 * buffer only. Not safe for use by several threads.
 */
final class NetstringReader {
  private static final int RESIDENT = 256;

  private final Connection connection;
  private final TableServer.Limits limits;
  private byte[] buffer = new byte[RESIDENT];
  private int start;
  private int end;
  private boolean begun;

  /** What came is no netstring, or too long. */
  static final class BadRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    BadRequestException(String problem) {
      super(problem);
    }
  }

  NetstringReader(Connection connection, TableServer.Limits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  /** The next request, or {@code null} when the peer has closed between two. */
  @Nullable String next() throws IOException {
    begun = false;
    if (start == end) {
      rest();
      connection.expectWithin(limits.idle());
      if (!read()) {
        return null;
      }
    }
    int length = length();
    require(length + 1);
    if (buffer[start + length] != ',') {
      throw new BadRequestException("no comma after the data");
    }
    String data = new String(buffer, start, length, StandardCharsets.UTF_8);
    start += length + 1;
    return data;
  }

  private int length() throws IOException {
    int length = 0;
    int digits = 0;
    for (int octet = octet(); octet != ':'; octet = octet()) {
      if (octet < '0' || octet > '9' || (digits > 0 && length == 0)) {
        throw new BadRequestException("no length before the data");
      }
      length = length * 10 + octet - '0'; // cannot overflow: checked after each digit
      digits++;
      if (length > limits.request()) {
        throw new BadRequestException("request longer than " + limits.request());
      }
    }
    if (digits == 0) {
      throw new BadRequestException("no length before the data");
    }
    return length;
  }

  private int octet() throws IOException {
    require(1);
    return buffer[start++];
  }

  private void require(int octets) throws IOException {
    if (end - start < octets && !begun) {
      begun = true; // the deadline is not moved by one more octet of the same request
      connection.expectWithin(limits.requestTime());
    }
    while (end - start < octets) {
      makeRoom(octets);
      if (!read()) {
        throw new BadRequestException("connection ended within a request");
      }
    }
  }

  private boolean read() throws IOException {
    int count = connection.read(buffer, end, buffer.length - end);
    end += Math.max(count, 0);
    return count >= 0;
  }

  private void makeRoom(int octets) {
    if (start + octets <= buffer.length) {
      return;
    }
    byte[] room = octets <= buffer.length ? buffer : new byte[octets];
    System.arraycopy(buffer, start, room, 0, end - start);
    buffer = room;
    end -= start;
    start = 0;
  }

  /** Nothing is held: back to the small buffer. */
  private void rest() {
    start = 0;
    end = 0;
    if (buffer.length > RESIDENT) {
      buffer = new byte[RESIDENT];
    }
  }
}
