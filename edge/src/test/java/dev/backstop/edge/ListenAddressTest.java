package dev.backstop.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:8891", "[::1]:8891", "0.0.0.0:0", "unix:/run/x.sock", "inherited"})
  void isWrittenAsItIsRead(String text) {
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @Test
  void kinds() {
    assertThat(ListenAddress.parse("[::1]:25"))
        .isInstanceOfSatisfying(
            ListenAddress.Tcp.class,
            tcp -> {
              assertThat(tcp.port()).isEqualTo(25);
              assertThat(tcp.isPublic()).isFalse();
            });
    assertThat(ListenAddress.parse("0.0.0.0:25").isPublic()).isTrue();
    assertThat(ListenAddress.parse("unix:/a/b")).isEqualTo(new ListenAddress.Unix(Path.of("/a/b")));
  }

  @Test
  void inheritedSocketIsNotForDoorsThatTakeInternetAddressesOnly() {
    assertThat(ListenAddress.parse("inherited")).isEqualTo(new ListenAddress.Inherited());
    assertThat(ListenAddress.parse("inherited").isPublic()).isFalse();
    assertThatThrownBy(() -> ListenAddress.parseTcp("inherited"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an inherited socket cannot be used here");
  }

  /** Names are never looked up: an answer from DNS must not decide where we listen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8891",
        ":8891",
        "host:",
        "host:x",
        "127.0.0.1:65536",
        "127.0.0.1:-1",
        "unix:",
        "[]:1",
        "unix:a/b",
        "localhost:0",
        "host.invalid:1",
        "::1:25",
        "127.1:25"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
