package dev.backstop.cli.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.cli.auth.print.AnswerPrinter;
import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.cli.check.print.Style;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people see. */
class BlockTest extends AuthRuns {
  private String block(String heading, Request request) {
    return new AnswerPrinter.AsBlock(Style.PLAIN).print(heading, judge().answer(request));
  }

  @Test
  void spf() {
    zone.txt("example.com", "v=spf1 include:_spf.example.com -all");
    zone.txt("_spf.example.com", "v=spf1 ip4:192.0.2.0/24");
    var sender = new Mailbox("a", "example.com");
    var envelope = new Envelope(IpLiteral.parse("192.0.2.1"), Optional.of(sender), "");
    assertThat(block("<a@example.com> from [192.0.2.1]", new Request.Spf(envelope)))
        .isEqualTo(
            """
            <a@example.com> from [192.0.2.1]
              spf       pass  mailfrom of example.com
                        192.0.2.1 matches ip4:192.0.2.0/24 in the record of _spf.example.com
              record    example.com: v=spf1 include:_spf.example.com -all
                        leads on: include:_spf.example.com
              record    _spf.example.com: v=spf1 ip4:192.0.2.0/24
                        decides: ip4:192.0.2.0/24
              lookups   1, 0 of them void

            """);
  }

  @Test
  void aFailTellsWhatTheSenderIsTold() {
    zone.txt("example.com", "v=spf1 -all exp=why.example.com");
    zone.txt("why.example.com", "ask \u001b[2J postmaster");
    var sender = new Mailbox("a", "example.com");
    var envelope = new Envelope(IpLiteral.parse("192.0.2.1"), Optional.of(sender), "");
    assertThat(block("x", new Request.Spf(envelope)))
        .contains("spf       fail", "decides: -all", "told      “")
        .doesNotContain("\u001b");
  }

  @Test
  void dmarc() {
    zone.txt("_dmarc.example.com", "v=DMARC1; p=reject; pct=50");
    var request = new Request.Dmarc(DnsName.of("example.com"), List.of(), List.of());
    assertThat(block("example.com", request))
        .startsWith("example.com\n  dmarc     fail  policy reject\n")
        .contains("  record    example.com: v=DMARC1; p=reject; pct=50\n", "pct: went with");
  }

  @Test
  void message() throws IOException {
    SigningKey key = SignedMail.key("example.com");
    zone.txt(key.recordName().text(), key.record());
    String signature = SignedMail.signature(key, SignedMail.HEADER, SignedMail.BODY, NOW);
    String file = file("a.eml", signature + SignedMail.HEADER).toString();
    messages(
        new AnswerPrinter.AsBlock(Style.PLAIN),
        Optional.empty(),
        InputStream.nullInputStream(),
        file);
    assertThat(out.toString())
        .startsWith(file + "\n  body      none: signatures are of the header alone\n")
        .contains(
            "  author    example.com\n",
            "  dkim      pass  s1._domainkey.example.com  ed25519-sha256 256 bits\n",
            "  key       " + key.record() + "\n",
            "  spf       not known: no --ip\n",
            "  dmarc     none  policy none\n");
  }
}
