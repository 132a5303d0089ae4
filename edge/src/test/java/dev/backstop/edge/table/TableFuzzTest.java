package dev.backstop.edge.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.edge.Connection;
import dev.backstop.edge.MemoryChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever octets come: a session throws nothing, and answers in netstrings. */
class TableFuzzTest {

  @FuzzTest
  void session(byte[] input) throws IOException {
    talk(input);
  }

  @Test
  void randomRequests() throws IOException {
    String[] pieces = {
      "0:,",
      "12:untag a@b.cd,",
      "7:untag x,",
      "5:wrong,",
      ":",
      ",",
      "9",
      "99999999999:",
      "-1:",
      " ",
      "untag ",
      "03:abc,",
      "\n",
      "1800:",
      "x".repeat(1_800),
      "untag",
      "+1:a,",
      "\u00ff"
    };
    var random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder();
      for (int k = random.nextInt(8); k > 0; k--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      talk(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static void talk(byte[] input) throws IOException {
    var channel = new MemoryChannel(input, 1 + input.length / 2);
    Lookup echo = key -> key.isEmpty() ? Optional.empty() : Optional.of(key);
    try (var server = new TableServer(Map.of("untag", echo), TableServer.Limits.DEFAULT)) {
      new TableSession(server, new Connection(channel)).serve();
    }
    String answers = new String(channel.written(), StandardCharsets.ISO_8859_1);
    while (!answers.isEmpty()) {
      int colon = answers.indexOf(':');
      int end = colon + 1 + Integer.parseInt(answers.substring(0, colon));
      assertThat(answers.substring(colon + 1, end)).containsPattern("^(OK|NOTFOUND|TEMP|PERM) ");
      assertThat(answers.charAt(end)).isEqualTo(',');
      answers = answers.substring(end + 1);
    }
  }
}
