package dev.backstop.auth.doctor;

import dev.backstop.testkit.dns.FakeResolver;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A zone as lines {@code name TYPE value}. The types TIMEOUT and SERVFAIL have no value; a value
 * {@code RSA:bits} in a text stands for the public half of such a key, {@code ED25519} for one.
 */
final class Zone {
  /** Everything in order. */
  static final Zone GOOD =
      new Zone(
          List.of(
              "example.com MX 10 mx1.example.com",
              "example.com MX 20 mx2.example.com",
              "mx1.example.com A 192.0.2.25",
              "mx1.example.com AAAA 2001:db8::25",
              "mx2.example.com A 192.0.2.26",
              "192.0.2.25 PTR mx1.example.com",
              "192.0.2.26 PTR mx2.example.com",
              "2001:db8::25 PTR mx1.example.com",
              "example.com TXT v=spf1 mx ip4:192.0.2.64/26 include:_spf.mailer.example -all",
              "_spf.mailer.example TXT v=spf1 ip4:198.51.100.0/24 -all",
              "s1._domainkey.example.com TXT v=DKIM1; k=rsa; p=RSA:2048",
              "_dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:dmarc@example.com",
              "2.0.0.127.bl.example A 127.0.0.2"));

  private final List<String> lines;

  private Zone(List<String> lines) {
    this.lines = lines;
  }

  /**
   * The same with changes, one a line: {@code + record} adds it, {@code - start} takes away all
   * that begin so.
   */
  Zone changed(String changes) {
    List<String> changed = new ArrayList<>(lines);
    for (String change : changes.lines().filter(line -> !line.isBlank()).toList()) {
      String rest = change.substring(2);
      if (change.startsWith("- ")) {
        if (!changed.removeIf(line -> line.startsWith(rest))) {
          throw new IllegalArgumentException("nothing to take away: " + rest);
        }
      } else {
        changed.add(rest);
      }
    }
    return new Zone(changed);
  }

  FakeResolver resolver() {
    var resolver = new FakeResolver();
    lines.forEach(line -> add(resolver, line));
    return resolver;
  }

  private static void add(FakeResolver resolver, String line) {
    String[] words = line.split(" ", 3);
    String name = words[0];
    String value = words.length > 2 ? words[2] : "";
    switch (words[1]) {
      case "MX" -> {
        String[] mx = value.split(" ", 2);
        resolver.mx(name, Integer.parseInt(mx[0]), mx[1]);
      }
      case "A", "AAAA" -> resolver.address(name, value);
      case "PTR" -> resolver.ptr(name, value);
      case "TXT" -> resolver.txt(name, text(value));
      case "CNAME" -> resolver.cname(name, value);
      case "TIMEOUT" -> resolver.timeout(name);
      case "SERVFAIL" -> resolver.serverFailure(name);
      default -> throw new IllegalArgumentException(line);
    }
  }

  /** The text with its keys, as {@code DDD} escapes say other octets. */
  private static String text(String value) {
    String text = value.replace("\\001", "\u0001").replace("\\377", "\u00ff");
    int rsa = text.indexOf("RSA:");
    if (rsa >= 0) {
      String bits = text.substring(rsa + 4).split("[^0-9]", 2)[0];
      return text.replace("RSA:" + bits, rsa(Integer.parseInt(bits)));
    }
    return text.replace("ED25519", ed25519());
  }

  /** The public half of no real key, but of the right size. */
  static String rsa(int bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
    try {
      var spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537));
      byte[] info = KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded();
      return Base64.getEncoder().encodeToString(info);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String ed25519() {
    byte[] octets = new byte[32];
    Arrays.fill(octets, (byte) 7);
    return Base64.getEncoder().encodeToString(octets);
  }
}
