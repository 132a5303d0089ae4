package dev.backstop.server.attacks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 64 bits of a keyed hash. Strangers choose the addresses: without the key they cannot choose which
 * ones share a set of the table. Not safe for threads.
 */
final class AddressHash {
  private final Mac mac;

  AddressHash(byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The hash of an address or a domain. */
  long of(String name) {
    mac.update("attack ".getBytes(StandardCharsets.US_ASCII)); // the key has other uses
    return ByteBuffer.wrap(mac.doFinal(name.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
