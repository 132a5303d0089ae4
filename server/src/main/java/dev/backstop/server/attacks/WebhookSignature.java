package dev.backstop.server.attacks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to the receiver that an event comes from us and is new: HMAC-SHA256 (RFC 2104) over the
 * time, a dot and the body. The time is inside, so that an event recorded by somebody cannot be
 * played again later.
 */
final class WebhookSignature {
  static final String FIELD = "Backstop-Signature";

  private WebhookSignature() {}

  /** The value of the field: {@code t=SECONDS,v1=HEX}. */
  static String of(byte[] secret, Instant at, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
