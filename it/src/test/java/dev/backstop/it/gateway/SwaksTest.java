package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each extension, tried by a client that is not ours. */
@RequiresProgram({"swaks", "socat", "openssl"})
@SuppressWarnings("NullAway.Init") // set before all tests
class SwaksTest extends GatewayTest {
  @TempDir static Path folder;

  @Override
  Gateway create() {
    Certificates certificate = Certificates.create(folder, "gateway.ours.test");
    return new Gateway(
        Script.usual(),
        "certificate = \"%s\"\nkey = \"%s\""
            .formatted(certificate.certificate(), certificate.key()));
  }

  @Test
  void swaksFindsEachExtensionInOrder() {
    String script =
        Path.of(System.getProperty("backstop.root", ".."), "it", "gateway", "swaks.sh").toString();

    String said = Shell.run(script, "127.0.0.1:" + gateway.port, "user@ours.test");

    assertThat(said).contains(", 0 wrong").doesNotContain("WRONG");
  }
}
