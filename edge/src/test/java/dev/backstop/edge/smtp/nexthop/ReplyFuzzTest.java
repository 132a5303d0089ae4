package dev.backstop.edge.smtp.nexthop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever octets come: a reply that is safe to relay, or our own exception. */
class ReplyFuzzTest {

  @FuzzTest
  void replies(byte[] input) throws IOException {
    readAll(input);
  }

  @Test
  void randomReplies() throws IOException {
    String[] pieces = {
      "250",
      "250 ",
      "250-",
      "251-",
      "550 ",
      "354",
      "421 ",
      "199 ",
      "\r\n",
      "\r\n",
      "\n",
      "\r",
      "\0",
      "x",
      "SIZE 99999999999999999999",
      "AUTH=LOGIN",
      "XCLIENT NAME ADDR",
      "x".repeat(600),
      "\u00ff",
      "\t",
      "0",
      "250-PIPELINING\r\n",
      "\u0085"
    };
    var random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      var text = new StringBuilder();
      for (int k = random.nextInt(12); k > 0; k--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      readAll(text.toString().getBytes(ISO_8859_1));
    }
  }

  private static void readAll(byte[] input) throws IOException {
    ReplyReader reader = ReplyReaderTest.reader(input, 1 + input.length / 3);
    try {
      while (true) {
        check(reader.next());
      }
    } catch (BrokenHopException e) {
      assertThat(e.problem()).isNotEmpty().doesNotContain("\n");
    }
  }

  private static void check(HopReply reply) throws IOException {
    byte[] relayed = reply.octets();
    for (String line : new String(relayed, US_ASCII).split("\r\n", 0)) {
      assertThat(line).matches("[2-5][0-9][0-9][ -][ -~]{0,506}");
    }
    HopReply again = ReplyReaderTest.reader(relayed, relayed.length).next();
    assertThat(again.code()).isEqualTo(reply.code());
    assertThat(again.octets()).isEqualTo(relayed);
    Capabilities capabilities = Capabilities.of(reply);
    assertThat(capabilities.and(Capabilities.NONE)).isEqualTo(Capabilities.NONE);
    assertThat(capabilities.and(capabilities)).isEqualTo(capabilities);
  }
}
