package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.keys.dkim.TableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** All keys of Rspamd's module {@code dkim_signing}, by its folder and its maps. */
final class RspamdSource {
  private static final String ENDING = ".key";

  /** Rspamd's own, where no map says otherwise. */
  private static final String USUAL_SELECTOR = "dkim";

  @Option(
      names = "--rspamd",
      paramLabel = "FOLDER",
      description = "Its keys, named DOMAIN.SELECTOR.key; mostly /var/lib/rspamd/dkim.")
  private @Nullable Path folder;

  @Option(
      names = "--selector-map",
      paramLabel = "FILE",
      description = "Its selector_map: with --sign, only the selectors that stand there sign.")
  private @Nullable Path selectorMap;

  @Option(
      names = "--path-map",
      paramLabel = "FILE",
      description = "Its path_map, for keys that lie elsewhere.")
  private @Nullable Path pathMap;

  boolean isGiven() {
    return folder != null;
  }

  /** Reads the keys of the maps, then all others of the folder. */
  void collect(Batch batch) {
    if (folder == null) {
      return;
    }
    Map<String, String> selectors = map(selectorMap);
    Map<String, String> paths = map(pathMap);
    Set<Path> read = new HashSet<>();
    Set<String> domains = new HashSet<>(selectors.keySet());
    domains.addAll(paths.keySet());
    for (String domain : domains.stream().sorted().toList()) {
      String selector = selectors.getOrDefault(domain, USUAL_SELECTOR);
      String path =
          paths
              .getOrDefault(domain, "$domain.$selector" + ENDING)
              .replace("$domain", domain)
              .replace("$selector", selector);
      try {
        Path file = InputFile.path(folder, path);
        read.add(file);
        batch.file(domain + " in the maps", domain, selector, file, true);
      } catch (IOException e) {
        batch.problem(domain + " in the maps", path + ": it " + e.getMessage());
      }
    }
    for (Path file : keys(folder)) {
      if (!read.contains(file)) {
        collect(batch, file, selectors.isEmpty());
      }
    }
  }

  private static void collect(Batch batch, Path file, boolean signs) {
    String name = String.valueOf(file.getFileName());
    String bare = name.substring(0, name.length() - ENDING.length());
    int dot = bare.lastIndexOf('.');
    if (dot < 0) {
      batch.problem(
          file.toString(),
          "its name is not DOMAIN.SELECTOR.key; import it with --private-key, --domain, --selector");
      return;
    }
    batch.file(file.toString(), bare.substring(0, dot), bare.substring(dot + 1), file, signs);
  }

  private static List<Path> keys(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new CommandFailure(ExitStatus.NO_INPUT, folder + " is not a folder that can be read");
    }
  }

  private static Map<String, String> map(@Nullable Path file) {
    Map<String, String> map = new LinkedHashMap<>();
    if (file != null) {
      for (TableText.Row row : TableText.rows(InputFile.table(file))) {
        if (row.fields().size() > 1) {
          map.put(row.fields().get(0), row.fields().get(1));
        }
      }
    }
    return map;
  }
}
