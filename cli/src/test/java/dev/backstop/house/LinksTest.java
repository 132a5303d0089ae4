package dev.backstop.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents point to files that exist. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @Test
  void relativeLinksLeadSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path document : Repository.files(file -> file.toString().endsWith(".md"))) {
      Matcher links = LINK.matcher(Repository.read(document));
      while (links.find()) {
        if (!Files.exists(document.resolveSibling(links.group(1)))) {
          broken.add(Repository.name(document) + " -> " + links.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }
}
