package dev.backstop.cli.doctor;

import dev.backstop.testkit.dns.Zone;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** Domains of all conditions. */
final class Zones {
  private Zones() {}

  /** {@code good.example} in order, {@code example.com} ill in many ways, {@code mute.example}. */
  static Zone zone() {
    var zone = new Zone();
    good(zone);
    ill(zone);
    zone.mx("null.example", 0, ".")
        .txt("null.example", "v=spf1 -all")
        .txt("_dmarc.null.example", "v=DMARC1; p=reject");
    zone.mx("warned.example", 10, "mx.good.example")
        .txt("warned.example", "v=spf1 a:mx.good.example ?all")
        .txt("_dmarc.warned.example", "v=DMARC1; p=none; rua=mailto:d@warned.example");
    zone.serverFailure("mute.example").serverFailure("_dmarc.mute.example");
    return lists(zone);
  }

  private static void good(Zone zone) {
    zone.mx("good.example", 10, "mx.good.example")
        .address("mx.good.example", "192.0.2.80", "2001:db8::80")
        .ptr("192.0.2.80", "mx.good.example")
        .ptr("2001:db8::80", "mx.good.example")
        .txt("good.example", "v=spf1 mx -all")
        .txt("default._domainkey.good.example", "v=DKIM1; k=rsa; p=" + rsa(2048))
        .txt("_dmarc.good.example", "v=DMARC1; p=reject; rua=mailto:dmarc@good.example");
  }

  private static void ill(Zone zone) {
    zone.mx("example.com", 10, "mx1.example.com")
        .mx("example.com", 20, "mx2.example.com")
        .mx("example.com", 30, "mail.example.com")
        .address("mx1.example.com", "192.0.2.25", "2001:db8::25")
        .cname("mail.example.com", "mx1.example.com")
        .ptr("192.0.2.25", "mx1.example.com")
        .txt(
            "example.com",
            "v=spf1 mx a:old.example.com include:_spf.mailer.example include:_spf.shop.example"
                + " ip4:198.51.100.0/12 ip4:203.0.113.7 ?all")
        .txt("_spf.mailer.example", "v=spf1 include:a.mailer.example include:b.mailer.example ~all")
        .txt("a.mailer.example", "v=spf1 ip4:198.51.100.0/25 ~all")
        .txt("b.mailer.example", "v=spf1 ip4:198.51.100.128/25 ip6:2001:db8:2::/48 ~all")
        .ptr("203.0.113.7", "host-203-0-113-7.provider.example")
        .address("host-203-0-113-7.provider.example", "203.0.113.7")
        .txt("s1._domainkey.example.com", "v=DKIM1; k=rsa; p=" + rsa(1024))
        .txt("mail._domainkey.example.com", "v=DKIM1; p=")
        .txt(
            "_dmarc.example.com",
            "v=DMARC1; p=none; pct=50; rua=mailto:d@reports.example,mailto:dmarc@example.com")
        .mx("reports.example", 10, "mx1.example.com");
  }

  private static Zone lists(Zone zone) {
    return zone.address("2.0.0.127.zen.spamhaus.org", "127.255.255.254")
        .address("2.0.0.127.bl.spamcop.net", "127.0.0.2")
        .address("2.0.0.127.psbl.surriel.com", "127.0.0.2")
        .address("2.0.0.127.ips.backscatterer.org", "127.0.0.2")
        .address("25.2.0.192.ips.backscatterer.org", "127.0.0.2")
        .txt("25.2.0.192.ips.backscatterer.org", "Sorry 192.0.2.25 is listed as backscatterer");
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
}
