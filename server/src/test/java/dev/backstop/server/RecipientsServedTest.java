package dev.backstop.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.ListenAddress;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.testkit.milter.MilterClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recipients that do not exist, through a running server's doors. */
@Timeout(60)
class RecipientsServedTest {
  private static final String OPEN =
      """
      domains = ["ours.test"]
      milter.listen = ["127.0.0.1:0"]
      table.listen = []
      web.listen = ["127.0.0.1:0"]
      """;

  @TempDir Path folder;

  @Test
  void aReloadBeginsToAskAndWebTellsWhatCameOfIt() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "anna@ours.test\n");
    try (BackstopServer server =
        BackstopServer.start(config(OPEN), folder.resolve("data"), InstantSource.system())) {
      assertThat(rcpt(server, "eve@ours.test")).isEqualTo("continue");
      assertThat(get(server, "/health/ready")).doesNotContain("recipients");

      server.reload(config(OPEN + "recipients.files = [\"list\"]\n"));
      assertThat(rcpt(server, "anna@ours.test")).isEqualTo("continue");
      assertThat(rcpt(server, "eve@ours.test"))
          .startsWith("reply 550 5.1.1 <eve@ours.test>: no such mailbox here.");
      assertThat(get(server, "/health/ready")).contains("file " + list);
      assertThat(get(server, "/metrics"))
          .contains("backstop_recipients_asked_total{result=\"exists\"} 1.0")
          .contains("backstop_recipients_asked_total{result=\"unknown\"} 1.0")
          .contains("backstop_recipients_refused_total{reason=\"unknown\"} 1.0")
          .contains("backstop_recipients_failures_total{source=\"ldap\"} 0.0");
    }
  }

  private BackstopConfig config(String toml) throws Exception {
    return ConfigReader.read(Files.writeString(folder.resolve("backstop.toml"), toml));
  }

  private static String rcpt(BackstopServer server, String recipient) throws Exception {
    var address = (ListenAddress.Tcp) server.milterAddresses().getFirst();
    try (var client = new MilterClient(address.toSocketAddress()).asPostfix()) {
      client.strings('M', "<bob@example.com>");
      client.strings('R', "<" + recipient + ">");
      String sender = client.answer();
      return sender.equals("continue") ? client.answer() : sender;
    }
  }

  private static String get(BackstopServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(server.webAddresses().getFirst() + path);
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
