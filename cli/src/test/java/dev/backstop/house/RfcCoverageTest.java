package dev.backstop.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every RFC that the code cites is in docs/rfc-coverage.md, with how much of it we do. */
class RfcCoverageTest {
  private static final Pattern CITED = Pattern.compile("RFC\\s+(?:\\*\\s+)?(\\d{3,5})");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| *(\\d{3,5}) *\\|[^|]+\\| *(yes|partial|no) *\\|[^|]*\\|$");

  @Test
  void everyCitedRfcIsListed() {
    Map<String, String> cited = new TreeMap<>();
    for (Path file : Repository.mainSources()) {
      Matcher matcher = CITED.matcher(Repository.read(file));
      while (matcher.find()) {
        cited.putIfAbsent(matcher.group(1), Repository.name(file));
      }
    }
    assertThat(cited).isNotEmpty();
    Matcher rows = ROW.matcher(Repository.read(Path.of("docs/rfc-coverage.md")));
    while (rows.find()) {
      cited.remove(rows.group(1));
    }
    assertThat(cited)
        .as("add a row | number | title | yes, partial or no | what | to docs/rfc-coverage.md")
        .isEmpty();
  }
}
