package dev.backstop.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedQueryTest {

  @Test
  void namesBecomeParametersInTheirOrder() {
    NamedQuery query =
        NamedQuery.parse("select 1 from u where (l = :local and d=:domain) or m = :local");
    assertThat(query.sql()).isEqualTo("select 1 from u where (l = ? and d=?) or m = ?");
    assertThat(query.names()).containsExactly("local", "domain", "local");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "select ':a' from u",
        "select \":a\" from u",
        "select 'it''s :a' from u",
        "select /* :a */ 1 from u",
        "select '1'::int from u",
        "select a[1:2] from u",
        "WITH x AS (select 1) select * from x",
      })
  void whatOnlyLooksLikeAPlaceStays(String text) {
    assertThat(NamedQuery.parse(text)).isEqualTo(new NamedQuery(text, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "update u set a = :a | must begin with select or with",
        "select 'a | a quote is not closed",
        "select /* a | a comment is not closed",
        "select 1 -- :a | must have no \"--\"",
        "select 1; drop table u | must have no \";\"",
        "select ? | must have no \"?\"",
      })
  void whatIsNotOneQueryIsRefused(String text, String reason) {
    assertThatThrownBy(() -> NamedQuery.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void thePlacesAreCounted() {
    assertThat(NamedQuery.parse("select " + ":a,".repeat(32)).names()).hasSize(32);
    assertThatThrownBy(() -> NamedQuery.parse("select " + ":a,".repeat(33)))
        .hasMessageContaining("more than 32 places");
  }
}
