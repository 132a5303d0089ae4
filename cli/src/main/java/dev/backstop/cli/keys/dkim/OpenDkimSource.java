package dev.backstop.cli.keys.dkim;

import dev.backstop.server.keys.dkim.OpenDkimTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** All keys of OpenDKIM, by its tables. */
final class OpenDkimSource {
  private static final String ANY_DOMAIN = "%";

  @Option(
      names = "--opendkim",
      paramLabel = "KEYTABLE",
      description =
          "Its KeyTable. A %% in it stands for each --domain, or for those of the configuration.")
  private @Nullable Path keyTable;

  @Option(
      names = "--signing-table",
      paramLabel = "FILE",
      description = "Its SigningTable: with --sign, only keys that are used there sign.")
  private @Nullable Path signingTable;

  boolean isGiven() {
    return keyTable != null;
  }

  /**
   * Reads everything that the tables name.
   *
   * @param domains that {@code %} stands for
   */
  void collect(Batch batch, List<String> domains) {
    if (keyTable == null) {
      return;
    }
    Set<String> used =
        signingTable == null ? null : OpenDkimTable.signingTable(InputFile.table(signingTable));
    for (OpenDkimTable.Line line : OpenDkimTable.keyTable(InputFile.table(keyTable))) {
      String where = keyTable + ":" + line.number();
      switch (line) {
        case OpenDkimTable.Line.Wrong _ ->
            batch.problem(where, "it is not NAME DOMAIN:SELECTOR:KEY");
        case OpenDkimTable.Line.Key key -> {
          boolean signs = used == null || used.contains(key.name());
          List<String> meant = key.domain().equals(ANY_DOMAIN) ? domains : List.of(key.domain());
          if (meant.isEmpty()) {
            batch.problem(where, "% stands for every domain; say with --domain which there are");
          }
          meant.forEach(domain -> collect(batch, where, key, domain, signs));
        }
      }
    }
  }

  private void collect(
      Batch batch, String where, OpenDkimTable.Line.Key key, String domain, boolean signs) {
    if (!key.isPath()) {
      byte[] octets = key.key().getBytes(StandardCharsets.ISO_8859_1);
      batch.text(where, domain, key.selector(), octets, signs);
      return;
    }
    String path = key.key().replace(ANY_DOMAIN, domain);
    try {
      batch.file(where, domain, key.selector(), InputFile.path(folder(), path), signs);
    } catch (IOException e) {
      batch.problem(where, path + ": it " + e.getMessage());
    }
  }

  /** That of the table, for relative paths. */
  private Path folder() {
    Path parent = keyTable == null ? null : keyTable.toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }
}
