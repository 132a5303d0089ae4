package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.RequiresPostfix;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postfix with STARTTLS on every leg. */
@RequiresPostfix
@RequiresProgram("openssl")
@SuppressWarnings("NullAway.Init") // set before all tests
class PostfixTlsRoundTripTest extends RoundTrip {
  @TempDir static Path folder;
  private Certificates certificate;

  @Override
  MailServer createServer() {
    certificate = Certificates.create(folder, "gateway.ours.test");
    return PostfixServer.withXclient(gateway, tls());
  }

  @Override
  String settings() {
    return """
    next-hop-tls = "require"
    certificate = "%s"
    key = "%s"
    """
        .formatted(certificate.certificate(), certificate.key());
  }

  @Override
  String foreignLines() {
    return tls();
  }

  private String tls() {
    return """
    smtpd_tls_security_level = may
    smtpd_tls_cert_file = %s
    smtpd_tls_key_file = %s
    smtpd_tls_loglevel = 1
    smtp_tls_security_level = encrypt
    smtp_tls_loglevel = 1
    """
        .formatted(certificate.certificate(), certificate.key());
  }

  @Test
  void everyLegWasEncrypted() {
    relays("Subject: in by TLS");
    sends("user", "friend@foreign.test", "out by TLS");
    ours.letter("user", "Subject: in by TLS");
    foreign.letter("friend", "Subject: out by TLS");

    assertThat(ours.logged("Anonymous TLS connection established from")).contains("TLSv1");
    assertThat(ours.logged("TLS connection established to 127.0.0.1")).contains("TLSv1");
    assertThat(foreign.logged("Anonymous TLS connection established from")).contains("TLSv1");
    assertThat(foreign.logged("TLS connection established to 127.0.0.1")).contains("TLSv1");
  }
}
