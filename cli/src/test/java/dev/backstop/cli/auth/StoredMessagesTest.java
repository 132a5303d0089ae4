package dev.backstop.cli.auth;

import static dev.backstop.cli.auth.SignedMail.BODY;
import static dev.backstop.cli.auth.SignedMail.HEADER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.cli.auth.answer.Answer;
import dev.backstop.cli.auth.answer.MessageAnswer;
import dev.backstop.cli.auth.print.AnswerPrinter;
import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.auth.request.Request;
import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class StoredMessagesTest extends AuthRuns {
  private final SigningKey key = SignedMail.key("example.com");
  private String signature = "";

  @BeforeEach
  void signAndPublish() {
    zone.txt(key.recordName().text(), key.record());
    zone.txt("_dmarc.example.com", "v=DMARC1; p=reject");
    signature = SignedMail.signature(key, HEADER, BODY, NOW);
  }

  private JsonNode dkim(String content) throws IOException {
    return message(content).path("dkim").path(0);
  }

  @Test
  void aGoodSignatureNamesItsKeyAndIsAligned() throws IOException {
    JsonNode answer = message(signature + HEADER + "\n" + BODY);
    JsonNode dkim = answer.path("dkim").get(0);
    assertThat(dkim.path("result").stringValue()).isEqualTo("pass");
    assertThat(dkim.path("domain").stringValue()).isEqualTo("example.com");
    assertThat(dkim.path("selector").stringValue()).isEqualTo("s1");
    assertThat(dkim.path("algorithm").stringValue()).isEqualTo("ed25519-sha256");
    assertThat(dkim.path("keyBits").intValue()).isEqualTo(256);
    assertThat(dkim.path("key").stringValue()).isEqualTo(key.record());
    assertThat(dkim.path("headerOnly").booleanValue()).isFalse();
    assertThat(answer.path("body").stringValue()).isEqualTo("there");
    assertThat(answer.path("author").stringValue()).isEqualTo("example.com");
    JsonNode dmarc = answer.path("dmarc");
    assertThat(dmarc.path("result").stringValue()).isEqualTo("pass");
    assertThat(dmarc.path("record").stringValue()).isEqualTo("v=DMARC1; p=reject");
    assertThat(dmarc.path("aligned").toString())
        .isEqualTo("[{\"method\":\"dkim\",\"domain\":\"example.com\"}]");
  }

  // nothing after the header: the signature is verified without the body

  @Test
  void aHeaderWithoutItsBodyIsVerifiedAlone() throws IOException {
    for (String end : new String[] {"", "\n"}) {
      JsonNode answer = message(signature + HEADER + end);
      JsonNode dkim = answer.path("dkim").get(0);
      assertThat(dkim.path("result").stringValue()).isEqualTo("pass");
      assertThat(dkim.path("headerOnly").booleanValue()).isTrue();
      assertThat(dkim.path("reason").stringValue()).contains("body was not checked");
      assertThat(dkim.path("keyBits").intValue()).isEqualTo(256);
      assertThat(dkim.path("key").stringValue()).isEqualTo(key.record());
      assertThat(answer.path("headerOnly").booleanValue()).isTrue();
      assertThat(answer.path("body").stringValue()).isEqualTo("absent");
      assertThat(answer.path("dmarc").path("reason").stringValue()).contains("no body was checked");
    }
  }

  @Test
  void aChangedHeaderFailsWithoutABodyToo() throws IOException {
    JsonNode dkim = dkim(signature + HEADER.replace("Hello", "Hullo"));
    assertThat(dkim.path("result").stringValue()).isEqualTo("fail");
    assertThat(dkim.path("headerOnly").booleanValue()).isTrue();
    assertThat(dkim.path("key").stringValue()).isEqualTo(key.record());
  }

  @Test
  void aMessageThatWasSignedWithoutABodyIsWhole() throws IOException {
    JsonNode dkim = dkim(SignedMail.signature(key, HEADER, "", NOW) + HEADER + "\n");
    assertThat(dkim.path("result").stringValue()).isEqualTo("pass");
    assertThat(dkim.path("headerOnly").booleanValue()).isFalse();
  }

  @Test
  void aChangedBodyFailsUnlessItIsNotLookedAt() throws IOException {
    String changed = signature + HEADER + "\n" + BODY + "Buy now.\n";
    JsonNode dkim = dkim(changed);
    assertThat(dkim.path("result").stringValue()).isEqualTo("fail");
    assertThat(dkim.path("key").isNull()).isTrue();
    batch(
        "{\"kind\":\"message\",\"headerOnly\":true,\"file\":\"%s\"}"
            .formatted(folder.resolve("mail.eml")),
        "{\"kind\":\"message\",\"header_only\":true,\"file\":\"%s\"}"
            .formatted(folder.resolve("mail.eml")));
    assertThat(answers().subList(1, 3))
        .allSatisfy(answer -> {
          assertThat(answer.path("dkim").get(0).path("result").stringValue()).isEqualTo("pass");
          assertThat(answer.path("body").stringValue()).isEqualTo("not-wanted");
        });
  }

  @Test
  void aSignatureOfOursIsKnownThoughItsKeyHasLeftDns() throws IOException {
    SigningKey retired = SignedMail.key("example.org");
    ours.put(retired.recordName(), List.of(KeyRecord.of(retired.algorithm(), retired.publicKey())));
    String signed = SignedMail.signature(retired, HEADER, BODY, NOW) + HEADER + "\n" + BODY;
    assertThat(dkim(signed).path("result").stringValue()).isEqualTo("permerror");
    assertThat(dkim(signed).path("own").booleanValue()).isTrue();
    assertThat(dkim(signed.replace("Hello", "Hullo")).path("own").booleanValue()).isFalse();
    assertThat(dkim(signature + HEADER + "\n" + BODY).path("own").booleanValue()).isFalse();
  }

  @Test
  void aMessageThatWasNotReadToItsEndIsJudgedByItsHeader() {
    byte[] octets = (signature + HEADER + "\n" + BODY).getBytes(UTF_8);
    RawMessage cut = MessageSplitter.split(octets, octets.length - 3, true);
    Answer answer =
        judge().answer(new Request.Message(Optional.empty(), cut, false, Optional.empty()));
    assertThat(answer)
        .isInstanceOfSatisfying(
            MessageAnswer.class,
            message -> {
              assertThat(message.body()).isEqualTo(MessageAnswer.Body.TOO_LONG);
              assertThat(message.signatures().getFirst().outcome().passed()).isTrue();
              assertThat(message.signatures().getFirst().headerOnly()).isTrue();
            });
  }

  // keys that are not there

  @Test
  void aKeyThatIsMissingRevokedOrSilentIsTold() throws IOException {
    SigningKey other = SignedMail.key("example.org");
    String signed = SignedMail.signature(other, HEADER, BODY, NOW) + HEADER + "\n" + BODY;
    assertThat(dkim(signed).path("result").stringValue()).isEqualTo("permerror");
    assertThat(dkim(signed).path("reason").stringValue()).contains("no such name");
    zone.txt(other.recordName().text(), "v=DKIM1; p=");
    assertThat(dkim(signed).path("reason").stringValue()).contains("revoked");
    assertThat(dkim(signed).path("key").stringValue()).isEqualTo("v=DKIM1; p=");
    zone.timeout(other.recordName().text());
    assertThat(dkim(signed).path("result").stringValue()).isEqualTo("temperror");
    assertThat(message(signed).path("dmarc").path("result").stringValue()).isEqualTo("fail");
  }

  @Test
  void nothingSignedAndNoClientIsAFailThatSaysWhatWasNotKnown() throws IOException {
    JsonNode answer = message(HEADER + "\n" + BODY);
    assertThat(answer.path("dkim").isEmpty()).isTrue();
    assertThat(answer.path("dmarc").path("result").stringValue()).isEqualTo("fail");
    assertThat(answer.path("dmarc").path("policy").stringValue()).isEqualTo("reject");
    assertThat(answer.path("dmarc").path("reason").stringValue()).contains("SPF is not known");
  }

  @Test
  void theClientCanProveTheSender() throws IOException {
    zone.txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
    Path file = file("a.eml", HEADER + "\n" + BODY);
    var envelope =
        new Envelope(
            IpLiteral.parse("192.0.2.1"), Optional.of(new Mailbox("b", "example.com")), "");
    messages(
        new AnswerPrinter.AsJson(),
        Optional.of(envelope),
        InputStream.nullInputStream(),
        file.toString());
    JsonNode answer = answers().getFirst();
    assertThat(answer.path("spf").path("mechanism").stringValue()).isEqualTo("ip4:192.0.2.1");
    assertThat(answer.path("dmarc").path("result").stringValue()).isEqualTo("pass");
  }

  // ways around DMARC

  @Test
  void severalAuthorsAreJudgedByTheStrictest() throws IOException {
    zone.txt("_dmarc.example.net", "v=DMARC1; p=quarantine");
    JsonNode two = message("From: a@example.net, b@example.com\nSubject: x\n\nx\n");
    assertThat(two.path("author").isNull()).isTrue();
    assertThat(two.path("authorDomains").toString()).isEqualTo("[\"example.net\",\"example.com\"]");
    assertThat(two.path("dmarc").path("policy").stringValue()).isEqualTo("reject");
    JsonNode twice = message(signature + HEADER + "From: a@example.net\n\n" + BODY);
    assertThat(twice.path("dmarc").path("result").stringValue()).isEqualTo("fail");
    assertThat(twice.path("dmarc").path("reason").stringValue()).contains("2 From fields");
    JsonNode none = message("Subject: x\nTo: a@example.net\n\nx\n");
    assertThat(none.path("dmarc").path("result").stringValue()).isEqualTo("permerror");
    assertThat(none.path("dmarc").path("reason").stringValue()).contains("no From field");
    JsonNode below = message("X: y\n".repeat(2000) + "From: a@example.net\n\nx\n");
    assertThat(below.path("dmarc").path("result").stringValue()).isEqualTo("permerror");
    assertThat(below.path("dmarc").path("reason").stringValue())
        .contains("the header is larger than is read");
  }

  @Test
  void whatOthersClaimIsShown() throws IOException {
    JsonNode answer =
        message("Authentication-Results: mx.example.net; spf=pass\n" + HEADER + "\n" + BODY);
    assertThat(answer.path("authenticationResults").get(0).stringValue())
        .isEqualTo("mx.example.net; spf=pass");
  }

  // files

  @Test
  void everyMessageOfFoldersAndMailboxesIsAnswered() throws IOException {
    String from = "From a@example.com Sat Nov 28 10:00:00 2026\n";
    Path mbox =
        file(
            "two.mbox",
            from + signature + HEADER + "\n" + BODY + "\n" + from + HEADER + "\n" + BODY);
    file("notes.txt", "no mail\n");
    int status =
        messages(
            new AnswerPrinter.AsJson(),
            Optional.empty(),
            new ByteArrayInputStream((signature + HEADER + "\n" + BODY).getBytes(UTF_8)),
            folder.toString(),
            "-");
    assertThat(status).isZero();
    assertThat(answers().stream().map(answer -> answer.path("file").stringValue()))
        .containsExactly(mbox + ":1", mbox + ":2", "-");
    assertThat(answers().get(0).path("dkim").get(0).path("result").stringValue()).isEqualTo("pass");
    assertThat(answers().get(2).path("dkim").get(0).path("result").stringValue()).isEqualTo("pass");
    assertThat(err.toString()).contains("1 file is no mail, passed over");
  }

  @Test
  void whatCannotBeReadIsToldAndTheOthersAreRead() throws IOException {
    Path good = file("good.eml", signature + HEADER + "\n" + BODY);
    Path bad = file("bad.eml", "no header here\n");
    int status =
        messages(
            new AnswerPrinter.AsJson(),
            Optional.empty(),
            InputStream.nullInputStream(),
            "/nowhere.eml",
            bad.toString(),
            good.toString());
    assertThat(status).isEqualTo(ExitStatus.SOME_UNREAD);
    assertThat(answers()).hasSize(1);
    assertThat(err.toString()).contains("/nowhere.eml: no such file", "bad.eml: no mail");
    assertThat(
            messages(
                new AnswerPrinter.AsJson(),
                Optional.empty(),
                InputStream.nullInputStream(),
                "/nowhere.eml"))
        .isEqualTo(ExitStatus.NO_INPUT);
  }

  @Test
  void anMboxOfSeveralIsNotOneRequest() throws IOException {
    String from = "From a@example.com Sat Nov 28 10:00:00 2026\n";
    Path mbox = file("two.mbox", (from + HEADER + "\n" + BODY + "\n").repeat(2));
    batch("{\"kind\":\"message\",\"file\":\"" + mbox + "\"}");
    assertThat(answers().getFirst().path("error").stringValue())
        .isEqualTo("file: more than one message; ask for each by itself");
  }

  /** Signatures, From and Authentication-Results made of anything, and a great many of them. */
  @Test
  void hostileFilesGetAnAnswerToo() throws IOException {
    var random = new Random(7);
    byte[] noise = new byte[200_000];
    random.nextBytes(noise);
    var many = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      many.append("DKIM-Signature: v=1; a=rsa-sha256; d=d").append(i);
      many.append(".example; s=s; h=From; bh=AAAA; b=AAAA\nFrom: a@d").append(i);
      many.append(".example\nAuthentication-Results: \u001b[31mx").append(i).append("\n");
    }
    Path first = folder.resolve("noise.eml");
    Files.write(first, ("From: " + new String(noise, ISO_8859_1)).getBytes(ISO_8859_1));
    Path second = file("many.eml", many + "\nx\n");
    int status =
        messages(
            new AnswerPrinter.AsBlock(new Style(false, 80, false)),
            Optional.empty(),
            InputStream.nullInputStream(),
            first.toString(),
            second.toString());
    assertThat(status).isZero();
    assertThat(out.toString()).contains("noise.eml", "many.eml").doesNotContain("\u001b");
    assertThat(zone.questions().size()).isLessThan(300);
    assertThat(out.toString().length()).isLessThan(100_000);
  }

  @Test
  void aSignatureOfTheFutureIsNotBelieved() throws IOException {
    String early = SignedMail.signature(key, HEADER, BODY, NOW.plus(Duration.ofDays(2)));
    assertThat(dkim(early + HEADER + "\n" + BODY).path("reason").stringValue()).contains("future");
  }
}
