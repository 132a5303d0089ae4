package dev.backstop.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.edge.Connection;
import dev.backstop.edge.MemoryChannel;
import dev.backstop.edge.smtp.GatewayFixture.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whole sessions of hostile clients, before a next hop that writes down what it hears. */
class GatewayFuzzTest {
  @TempDir private static Path folder;
  private static GatewayFixture gate;

  /** What a session is made of; chance alone never gets as far as a message. */
  private static final String[] PIECES = {
    "EHLO client.test\r\n",
    "HELO client.test\r\n",
    "MAIL FROM:<a@else.test>\r\n",
    "MAIL FROM:<>\r\n",
    "RCPT TO:<b@ours.test>\r\n",
    "RCPT TO:<x@else.test>\r\n",
    "DATA\r\n",
    "BDAT 4\r\n",
    "BDAT 5 LAST\r\n",
    "BDAT 0 LAST\r\n",
    "RSET\r\n",
    "NOOP\r\n",
    "QUIT\r\n",
    "STARTTLS\r\n",
    "AUTH PLAIN\r\n",
    ".\r\n",
    "\r\n.\r\n",
    "A: b\r\n\r\n",
    "body\r\n",
    "\n",
    "\r",
    "\0",
    " SIZE=1",
    "<",
    ">",
    "\"",
    "@",
    "\u00e4",
    "."
  };

  @BeforeAll
  static void open() throws IOException {
    gate = new GatewayFixture(folder, Options.USUAL);
  }

  @AfterAll
  static void close() throws IOException {
    gate.close();
  }

  /** The next hop has exactly the messages that were acknowledged, and only what it may be told. */
  @FuzzTest(maxDuration = "60s")
  void sessions(FuzzedDataProvider data) throws IOException {
    var _ = BugDetectors.allowNetworkConnections((host, _) -> host.equals("localhost"));
    gate.hop.commands.clear();
    gate.hop.messages.clear();
    int split = data.consumeInt(1, 50);
    var text = new StringBuilder();
    while (data.remainingBytes() > 0 && text.length() < 5_000) {
      text.append(data.consumeInt(0, 9) > 0 ? data.pickValue(PIECES) : data.consumeString(30));
    }
    byte[] input = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    var channel = new MemoryChannel(input, split);
    new GatewaySession(gate.server, new Connection(channel)).serve();
    assertThat(gate.server.memoryInUse()).isZero();
    List<String> replies =
        new String(channel.written(), StandardCharsets.ISO_8859_1).lines().toList();
    assertThat(replies).allMatch(reply -> reply.matches("[2-5][0-9]{2}[ -][ -~]*"));
    assertThat(replies.stream().filter(reply -> reply.equals("250 2.0.0 queued")).count())
        .isEqualTo(gate.hop.messages.size());
    assertThat(gate.hop.messages).allMatch(message -> message.endsWith("\r\n"));
    assertThat(gate.hop.commands)
        .allMatch(line ->
            line.matches("(EHLO gate.test|RSET|DATA|QUIT|MAIL FROM:<(a@else.test)?>( SIZE=1+)?)")
                || line.matches("(MAIL FROM|RCPT TO):<.+@.+>.*"))
        .noneMatch(line -> line.startsWith("RCPT") && !line.contains("@ours.test>"));
  }
}
