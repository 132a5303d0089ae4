package dev.backstop.auth.doctor.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void textsArePrintableAndShort() {
    assertThat(Shown.quoted("a\u0000\u001b\u007f\u00ff")).isEqualTo("“a\\000\\027\\127\\255”");
    assertThat(Shown.plain("x".repeat(121))).isEqualTo("x".repeat(120) + "…");
  }

  @Test
  void lists() {
    assertThat(Shown.list(List.of())).isEmpty();
    assertThat(Shown.list(List.of("a"))).isEqualTo("a");
    assertThat(Shown.list(List.of("a", "b"))).isEqualTo("a and b");
    assertThat(Shown.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    List<String> many = IntStream.range(0, 20).mapToObj(String::valueOf).toList();
    assertThat(Shown.list(many)).isEqualTo("0, 1, 2, 3, 4, 5, 6 and 13 more");
  }

  @Test
  void counts() {
    assertThat(Shown.count(1, "note")).isEqualTo("1 note");
    assertThat(Shown.count(2, "note")).isEqualTo("2 notes");
  }
}
