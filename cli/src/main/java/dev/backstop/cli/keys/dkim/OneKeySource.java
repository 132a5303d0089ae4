package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.keys.dkim.PrivateKeyText;
import dev.backstop.server.keys.dkim.ZoneText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One key of any other program. */
final class OneKeySource {
  @Option(
      names = "--private-key",
      paramLabel = "FILE",
      description = "PEM, RSA or Ed25519, or an Ed25519 key in base64 as rspamadm writes it.")
  private @Nullable Path privateKey;

  @Option(
      names = "--public",
      paramLabel = "RECORD",
      description =
          "Only a public half: the text of the TXT record, or a file with it, such as the .txt of"
              + " opendkim-genkey.")
  private @Nullable String record;

  @Option(names = "--selector", paramLabel = "NAME", description = "The name of that key (s=).")
  private @Nullable String selector;

  boolean isGiven() {
    return privateKey != null || record != null;
  }

  boolean isPublicOnly() {
    return privateKey == null && record != null;
  }

  void collect(Batch batch, @Nullable String domain) {
    if (domain == null || selector == null || (privateKey != null && record != null)) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "one key takes --domain, --selector and either --private-key or --public");
    }
    if (privateKey != null) {
      byte[] octets = InputFile.named(privateKey, PrivateKeyText.MAX_OCTETS);
      batch.text(privateKey.toString(), domain, selector, octets, true);
    } else if (record != null) {
      batch.record("--public", domain, selector, ZoneText.value(text(record)));
    }
  }

  /** A record has a {@code p=}; whatever has none is a file. */
  private static String text(String given) {
    return given.contains("p=")
        ? given
        : new String(
            InputFile.named(Path.of(given), PrivateKeyText.MAX_OCTETS),
            StandardCharsets.ISO_8859_1);
  }
}
