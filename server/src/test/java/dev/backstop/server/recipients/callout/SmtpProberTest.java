package dev.backstop.server.recipients.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpProberTest {
  private static final Mailbox ANNA = new Mailbox("anna", "ours.test");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void aTransactionIsBegunAndNeverHasData() throws Exception {
    try (var server = SmtpServer.knowing("anna@ours.test")) {
      try (Prober.Talk talk = prober(server, NullReversePath.INSTANCE).begin(LIMIT)) {
        assertThat(talk.recipient(ANNA)).hasToString("250 Ok");
        assertThat(talk.recipient(new Mailbox("bob", "ours.test")))
            .isEqualTo(new Prober.Said(550, "5.1.1 no such user"));
      }
      assertThat(server.heard)
          .startsWith(
              "EHLO mx.ours.test",
              "MAIL FROM:<>",
              "RCPT TO:<anna@ours.test>",
              "RCPT TO:<bob@ours.test>")
          .noneMatch(line -> line.startsWith("DATA"));
    }
  }

  @Test
  void anotherSenderAndUtf8() throws Exception {
    try (var server =
        new SmtpServer(line -> line.startsWith("EHLO") ? "250-mx\r\n250 SMTPUTF8" : "250 Ok")) {
      var prober = prober(server, new Mailbox("probe", "ours.test"));
      try (Prober.Talk talk = prober.begin(LIMIT)) {
        assertThat(talk.takesUtf8()).isTrue();
        assertThat(talk.recipient(new Mailbox("bücher", "ours.test")).code()).isEqualTo(250);
      }
      assertThat(server.heard)
          .contains("MAIL FROM:<probe@ours.test> SMTPUTF8", "RCPT TO:<bücher@ours.test>");
    }
  }

  @Test
  void aServerThatKnowsNoEhloIsGreetedWithHelo() throws Exception {
    try (var server = new SmtpServer(line -> line.startsWith("EHLO") ? "502 unknown" : "250 Ok");
        Prober.Talk talk = prober(server, NullReversePath.INSTANCE).begin(LIMIT)) {
      assertThat(talk.recipient(ANNA).code()).isEqualTo(250);
      assertThat(server.heard).contains("HELO mx.ours.test");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"554 go away", "SSH-2.0", "999 x", ""})
  void whatIsNoGreetingIsSaid(String greeting) throws Exception {
    try (var server = new SmtpServer(_ -> greeting)) {
      assertThatThrownBy(() -> prober(server, NullReversePath.INSTANCE).begin(LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(server.address());
    }
  }

  @Test
  void aRefusedSenderIsNoAnswerAboutTheRecipient() throws Exception {
    try (var server = new SmtpServer(line -> line.startsWith("MAIL") ? "550 5.1.1 no" : "250 Ok")) {
      assertThatThrownBy(() -> prober(server, NullReversePath.INSTANCE).begin(LIMIT))
          .hasMessageContaining("its answer to MAIL was 550 5.1.1 no");
    }
  }

  @Test
  void aSilentServerIsWaitedForAsLongAsSaid() throws Exception {
    try (var server = new SmtpServer(_ -> ".")) {
      var prober = prober(server, NullReversePath.INSTANCE, Duration.ofMillis(100));
      assertThatThrownBy(() -> prober.begin(LIMIT)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aServerThatIsNotThereIsSaid() throws Exception {
    var server = new SmtpServer(_ -> ".");
    server.close();
    assertThatThrownBy(() -> prober(server, NullReversePath.INSTANCE).begin(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void noAddressBecomesACommand() throws Exception {
    try (var server = SmtpServer.knowing("anna@ours.test");
        Prober.Talk talk = prober(server, NullReversePath.INSTANCE).begin(LIMIT)) {
      var forged = new Mailbox("a>\r\nDATA\r\n", "ours.test");
      assertThatThrownBy(() -> talk.recipient(forged)).isInstanceOf(Exception.class);
      assertThat(server.heard).noneMatch(line -> line.startsWith("DATA"));
    }
  }

  private static SmtpProber prober(SmtpServer server, ReversePath sender) {
    return prober(server, sender, LIMIT);
  }

  private static SmtpProber prober(SmtpServer server, ReversePath sender, Duration limit) {
    NextHop hop = NextHop.parse(server.address(), TlsPolicy.MAY, Identify.NONE);
    return new SmtpProber(List.of(hop), "mx.ours.test", sender, limit);
  }
}
