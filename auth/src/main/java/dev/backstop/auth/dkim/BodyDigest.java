package dev.backstop.auth.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * SHA-256 of a canonicalized body and of its beginnings ({@code l=}), in one pass however many
 * signatures ask: the hash of a beginning is a copy of the state on the way. For one message and
 * one thread.
 */
final class BodyDigest {
  private static final byte[] NOT_REACHED = {};

  private final MessageDigest digest = sha256();

  /** Lengths for which hashes are wanted, rising; {@code next} is the first not reached yet. */
  private final long[] lengths;

  private final byte[][] hashes;
  private int next;

  private final boolean whole;
  private byte[] hash = NOT_REACHED;
  private long length;

  /**
   * @param lengths of beginnings for which hashes are wanted
   * @param whole whether the hash of the whole body is
   */
  BodyDigest(Collection<Long> lengths, boolean whole) {
    this.lengths = lengths.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    this.hashes = new byte[this.lengths.length][];
    this.whole = whole;
    Arrays.fill(hashes, NOT_REACHED);
    keepWhenReached();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e); // every platform must have it
    }
  }

  /** The octets from one index up to another. */
  void write(byte[] bytes, int from, int to) {
    int at = from;
    while (next < lengths.length && lengths[next] - length <= to - at) {
      int part = (int) (lengths[next] - length);
      digest.update(bytes, at, part);
      at += part;
      length += part;
      keepWhenReached();
    }
    if (whole || next < lengths.length) {
      digest.update(bytes, at, to - at);
    }
    length += to - at;
  }

  private void keepWhenReached() {
    if (next < lengths.length && lengths[next] == length) {
      hashes[next++] = copy().digest();
    }
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this Java cannot be copied", e);
    }
  }

  /** The body has ended. */
  void finish() {
    hash = digest.digest();
  }

  /** Octets of the canonicalized body so far. */
  long length() {
    return length;
  }

  /**
   * The hash of the first octets, or of all, after the end.
   *
   * @param octets one of the lengths that were asked for, empty for the whole
   * @return empty when the body is shorter
   */
  byte[] hash(OptionalLong octets) {
    return octets.isEmpty() ? hash : hashes[Arrays.binarySearch(lengths, octets.getAsLong())];
  }
}
