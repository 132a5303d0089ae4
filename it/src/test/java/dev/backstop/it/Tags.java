package dev.backstop.it;

import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.UnusableKeyFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs addresses as draft-levine-smtp-batv says, a second time and apart from the product. */
public final class Tags {
  private Tags() {}

  /**
   * The address tagged with the key of that data folder.
   *
   * @param days from today to the day of expiry
   */
  public static String signed(Path data, String address, int days) {
    try {
      var key = new KeyFile(data).load().tags().signing();
      long day = LocalDate.now(ZoneOffset.UTC).plusDays(days).toEpochDay();
      String prefix = "%d%03d".formatted(key.number(), Math.floorMod(day, 1000));
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.secret(), "HmacSHA1"));
      byte[] hash = mac.doFinal((prefix + address).getBytes(StandardCharsets.UTF_8));
      return "prvs=" + prefix + HexFormat.of().formatHex(hash, 0, 3) + "=" + address;
    } catch (UnusableKeyFileException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
