package dev.backstop.server.recipients.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.store.query.NamedQuery;

class NamedQueryFuzzTest {

  @FuzzTest
  void anyTextIsAQueryOrRefused(FuzzedDataProvider data) {
    NamedQuery query;
    try {
      query = NamedQuery.parse("select " + data.consumeRemainingAsString());
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    long places = query.sql().chars().filter(c -> c == '?').count();
    assertThat(places).isGreaterThanOrEqualTo(query.names().size());
  }
}
