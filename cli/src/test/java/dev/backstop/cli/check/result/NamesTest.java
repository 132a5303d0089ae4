package dev.backstop.cli.check.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names();

  @Test
  void theMostFrequentFirstAndEqualOnesByName() {
    for (String name : new String[] {"b", "C", "a", "c"}) {
      names.add(name);
    }
    names.add(null);
    assertThat(names.most(2)).containsExactly(new Names.Count("c", 2), new Names.Count("a", 1));
  }

  @Test
  void aFloodOfNamesIsBounded() {
    for (int i = 0; i < 50_000; i++) {
      names.add("host" + i);
    }
    names.add("host1");
    names.add("x".repeat(100_000));
    assertThat(names.uncounted()).isEqualTo(30_001);
    assertThat(names.most(1)).containsExactly(new Names.Count("host1", 2));
  }
}
