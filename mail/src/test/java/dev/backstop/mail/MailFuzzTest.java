package dev.backstop.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.mail.header.AutoSubmitted;
import dev.backstop.mail.header.EncodedWords;
import dev.backstop.mail.header.MessageIds;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.header.ParameterizedValue;
import dev.backstop.mail.header.Received;
import dev.backstop.mail.message.ContentType;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.MboxReader;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.MimeWalk;
import dev.backstop.mail.message.Part;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.report.DeliveryStatus;
import dev.backstop.mail.report.DispositionNotification;
import dev.backstop.mail.report.EnhancedStatus;
import dev.backstop.mail.report.FeedbackReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Readers of strangers' words never throw. */
class MailFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void walksAnyMessage(byte[] bytes) {
    walk(bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void readsAnyDeliveryStatus(byte[] bytes) {
    deliveryStatus(new String(bytes, StandardCharsets.UTF_8));
  }

  @FuzzTest(maxDuration = "60s")
  void readsAnyDisposition(byte[] bytes) {
    DispositionNotification.parse(new String(bytes, StandardCharsets.UTF_8));
  }

  @FuzzTest(maxDuration = "60s")
  void readsAnyFeedback(byte[] bytes) {
    assertThat(FeedbackReport.parse(new String(bytes, StandardCharsets.UTF_8))).isNotNull();
  }

  @FuzzTest(maxDuration = "60s")
  void readsAnyHeaderValue(byte[] bytes) {
    headerValue(new String(bytes, StandardCharsets.UTF_8));
  }

  @FuzzTest(maxDuration = "60s")
  void whatIsQuotedInAParameterIsRead(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    var value = ParameterizedValue.parse("a/b (c); x=(d)y; name=\"" + quoted + "\"; z=1");
    assertThat(value.parameter("name")).isEqualTo(text);
    assertThat(value.parameter("z")).isEqualTo("1");
    assertThat(ParameterizedValue.parse(text)).isNotNull();
    assertThat(ParameterizedValue.parse("a/b; n*0*=utf-8''" + text)).isNotNull();
  }

  @FuzzTest(maxDuration = "60s")
  void readsAnyMbox(byte[] bytes) throws IOException {
    mbox(bytes);
  }

  /** The same in every build, made of the pieces that the grammars are about. */
  @Test
  void readsAnyMixOfTokens() throws IOException {
    String[] tokens = {
      "From ",
      "From: ",
      "a@b.c",
      "<",
      ">",
      "(",
      ")",
      "\"",
      "\\",
      ";",
      ":",
      ",",
      "=",
      "?",
      "=?utf-8?q?",
      "=?utf-8?b?",
      "?=",
      "\r\n",
      "\n",
      "\r",
      " ",
      "\t",
      "--x",
      "--",
      "Content-Type: multipart/mixed; boundary=x",
      "Content-Transfer-Encoding: base64",
      "Content-Transfer-Encoding: quoted-printable",
      "=C3",
      "=",
      "Final-Recipient: rfc822;",
      "Action: failed",
      "Status: 5.1.1",
      "\\x{",
      "}",
      "5.1",
      ".1",
      "550 ",
      "[192.0.2.1]",
      "IPv6:",
      "::",
      "by ",
      "from ",
      "*0*=",
      "utf-8''%",
      "\u00fc",
      "\u0000",
      "Disposition: ",
      "Mon 12:30:45 2026\n"
    };
    var random = new Random(20261122);
    for (int round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(tokens[random.nextInt(tokens.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      walk(bytes);
      mbox(bytes);
      headerValue(text.toString());
      deliveryStatus(text.toString());
      DispositionNotification.parse(text.toString());
    }
  }

  private static void walk(byte[] bytes) {
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    Header header = new Header(message.header());
    ContentType type = ContentType.parse(header.text("Content-Type"));
    String encoding = header.textOrEmpty("Content-Transfer-Encoding");
    MimeWalk.walk(type, encoding, message.body(), MailFuzzTest::readPart);
    var multipart = ContentType.parse("multipart/digest; boundary=x");
    MimeWalk.walk(multipart, encoding, message.body(), MailFuzzTest::readPart);
  }

  private static boolean readPart(Part part) {
    assertThat(part.text().length()).isLessThanOrEqualTo(MimeWalk.MAX_PART);
    return part.header().fields().size() <= 2000 || part.hasBody();
  }

  private static void mbox(byte[] bytes) throws IOException {
    var reader = new MboxReader(new ByteArrayInputStream(bytes), 100);
    int count = 0;
    while (reader.next() != null) {
      assertThat(++count).isLessThanOrEqualTo(bytes.length);
    }
  }

  private static void deliveryStatus(String text) {
    for (DeliveryStatus.Recipient recipient : DeliveryStatus.parse(text).recipients()) {
      String address = recipient.finalRecipient();
      assertThat(address == null || address.indexOf('\n') < 0).isTrue();
    }
  }

  private static void headerValue(String text) {
    assertThat(EncodedWords.decode(text)).isNotNull();
    assertThat(NamedAddress.parse(text)).isNotNull();
    assertThat(ParameterizedValue.parse(text)).isNotNull();
    assertThat(MessageIds.all(text)).allMatch(id -> id.startsWith("<") && id.endsWith(">"));
    assertThat(Received.parse(text)).isNotNull();
    assertThat(AutoSubmitted.parse(text)).isNotNull();
    String status = EnhancedStatus.find(text);
    assertThat(status == null || status.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")).isTrue();
    Integer reply = EnhancedStatus.replyCode(text);
    assertThat(reply == null || (reply >= 200 && reply < 600)).isTrue();
  }
}
