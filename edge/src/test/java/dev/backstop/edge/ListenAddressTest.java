package dev.backstop.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8891", "[::1]:8891", "localhost:0", "unix:/run/x.sock"})
  void isWrittenAsItIsRead(String text) {
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @Test
  void kinds() {
    assertThat(ListenAddress.parse("[::1]:25")).isEqualTo(new ListenAddress.Inet("::1", 25));
    assertThat(ListenAddress.parse("unix:a/b")).isEqualTo(new ListenAddress.Unix(Path.of("a/b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8891", ":8891", "host:", "host:x", "host:65536", "host:-1", "unix:", "[]:1"})
  void whatIsNoneIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("; write ");
  }
}
