package dev.backstop.cli.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # ends, one missing at last, none at all
          a_b_|a,b
          a_b|a,b
          a_|a
          _|-
          __a|-,-,a
          # at the bound of four, and beyond it
          1234_5|1234,5
          12345_6|1234!,6
          123456789|1234!
          """)
  void lines(String text, String expected) throws IOException {
    byte[] octets = text.replace('_', '\n').getBytes(US_ASCII);
    var reader = new LineReader(new ByteArrayInputStream(octets), 4);
    List<String> lines = new ArrayList<>();
    for (var line = reader.next(); line != null; line = reader.next()) {
      String read = line.isBlank() ? "-" : new String(line.octets(), US_ASCII);
      lines.add(read + (line.tooLong() ? "!" : ""));
    }
    assertThat(String.join(",", lines)).isEqualTo(expected);
  }
}
