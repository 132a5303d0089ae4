package dev.backstop.server.recipients.file;

import dev.backstop.server.recipients.source.Wanted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Many addresses in little memory: eight octets of a hash each. Two addresses with the same ones
 * would let mail in that a look at the text would refuse; among a million that does not happen, and
 * it is the harmless side. Immutable.
 */
final class AddressList {
  private final long[] hashes;

  private AddressList(long[] hashes) {
    this.hashes = hashes;
  }

  boolean knows(Wanted wanted) {
    return has("@" + wanted.domain())
        || wanted.locals().stream().anyMatch(local -> has(local + "@" + wanted.domain()));
  }

  /** Whether there is a line about that domain: only then does it matter that one is missing. */
  boolean covers(String domain) {
    return has(domain);
  }

  private boolean has(String text) {
    return Arrays.binarySearch(hashes, hash(text)) >= 0;
  }

  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      long hash = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        hash = (hash << Byte.SIZE) | (digest[i] & 0xff);
      }
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Gathers addresses. For one thread. */
  static final class Builder {
    private long[] hashes = new long[1024];
    private int count;
    private String lastDomain = "";

    void address(String local, String domain) {
      add(hash(local + "@" + domain));
      covered(domain);
    }

    /** All addresses of that domain. */
    void catchAll(String domain) {
      add(hash("@" + domain));
      covered(domain);
    }

    AddressList build() {
      return new AddressList(Arrays.stream(hashes, 0, count).sorted().distinct().toArray());
    }

    private void covered(String domain) {
      if (!domain.equals(lastDomain)) {
        lastDomain = domain;
        add(hash(domain));
      }
    }

    private void add(long hash) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, count * 2);
      }
      hashes[count++] = hash;
    }
  }
}
