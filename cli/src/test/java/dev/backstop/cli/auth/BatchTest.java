package dev.backstop.cli.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.auth.request.RequestReader;
import dev.backstop.cli.exit.ExitStatus;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.Writer;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class BatchTest extends AuthRuns {
  @BeforeEach
  void fillZone() {
    zone.txt(
        "example.com", "v=spf1 ip4:192.0.2.0/24 include:_spf.example.com -all exp=why.example.com");
    zone.txt("why.example.com", "%{i} is not one of ours");
    zone.txt("_spf.example.com", "v=spf1 ip4:198.51.100.7 ?all");
    zone.txt("mx.example.com", "v=spf1 ip4:192.0.2.25 -all");
    zone.txt("soft.example.com", "v=spf1 ~all");
    zone.txt("broken.example.com", "v=spf1 nonsense");
    zone.timeout("slow.example.com");
    zone.txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@example.com");
    zone.address("sub.example.com", "192.0.2.80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # by the sender
          192.0.2.1    | a@example.com        | mx.example.com | pass      | mailfrom | ip4:192.0.2.0/24
          198.51.100.7 | a@example.com        | mx.example.com | pass      | mailfrom | ip4:198.51.100.7
          203.0.113.1  | a@example.com        | mx.example.com | fail      | mailfrom | -all
          203.0.113.1  | a@soft.example.com   | mx.example.com | softfail  | mailfrom | ~all
          203.0.113.1  | a@nothing.example    | mx.example.com | none      | mailfrom |
          203.0.113.1  | a@slow.example.com   | mx.example.com | temperror | mailfrom |
          203.0.113.1  | a@broken.example.com | mx.example.com | permerror | mailfrom | nonsense
          # what MAIL FROM does not let through but RFC 7208 4.3 speaks of
          203.0.113.1  | @example.com         | mx.example.com | fail      | mailfrom | -all
          203.0.113.1  | a@b...example.com    | mx.example.com | none      | mailfrom |
          # the null sender is postmaster at HELO
          192.0.2.25   | <>                   | mx.example.com | pass      | mailfrom | ip4:192.0.2.25
          192.0.2.26   | <>                   | mx.example.com | fail      | mailfrom | -all
          192.0.2.26   | <>                   |                | none      | mailfrom |
          # no sender: the name in HELO
          192.0.2.25   |                      | mx.example.com | pass      | helo     | ip4:192.0.2.25
          192.0.2.25   |                      | [192.0.2.25]   | none      | helo     |
          """)
  void spf(String ip, String from, String helo, String result, String identity, String mechanism) {
    int status =
        batch(
            "{\"kind\":\"spf\",\"ip\":\"%s\",\"from\":%s,\"helo\":\"%s\"}"
                .formatted(
                    ip, from == null ? "null" : "\"" + from + "\"", Objects.toString(helo, "")));
    assertThat(status).isZero();
    JsonNode answer = answers().getFirst();
    assertThat(answer.path("kind").stringValue()).isEqualTo("spf");
    assertThat(answer.path("result").stringValue()).isEqualTo(result);
    assertThat(answer.path("identity").stringValue()).isEqualTo(identity);
    if (!result.equals("permerror")) {
      assertThat(answer.path("mechanism").asString(null)).isEqualTo(mechanism);
    }
    assertThat(answer.path("reason").stringValue()).isNotEmpty();
  }

  @Test
  void anSpfAnswerNamesTheRecordThatDecidedAndTheWayThere() {
    batch("{\"kind\":\"spf\",\"ip\":\"198.51.100.7\",\"from\":\"a@example.com\"}");
    JsonNode answer = answers().getFirst();
    assertThat(answer.path("record").stringValue()).isEqualTo("v=spf1 ip4:198.51.100.7 ?all");
    assertThat(answer.path("recordDomain").stringValue()).isEqualTo("_spf.example.com");
    assertThat(answer.path("domain").stringValue()).isEqualTo("example.com");
    assertThat(answer.path("path").valueStream().map(step -> step.path("mechanism").stringValue()))
        .containsExactly("include:_spf.example.com", "ip4:198.51.100.7");
    assertThat(answer.path("lookups").intValue()).isEqualTo(1);
    assertThat(answer.path("voidLookups").intValue()).isZero();
    assertThat(answer.path("explanation").isNull()).isTrue();
  }

  @Test
  void aFailIsExplainedInTheWordsOfTheDomain() {
    batch("{\"kind\":\"spf\",\"ip\":\"203.0.113.1\",\"from\":\"a@example.com\"}");
    assertThat(answers().getFirst().path("explanation").stringValue())
        .isEqualTo("203.0.113.1 is not one of ours");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # author, spf, dkim, result, policy, whose record
          example.com     | []                        | []                | fail | reject     | example.com
          sub.example.com | []                        | []                | fail | quarantine | example.com
          example.com     | ["bounce.example.com"]    | []                | pass | none       | example.com
          example.com     | []                        | ["example.com"]   | pass | none       | example.com
          example.com     | ["example.net"]           | ["example.org"]   | fail | reject     | example.com
          nothing.example | ["nothing.example"]       | []                | none | none       |
          """)
  void dmarc(String author, String spf, String dkim, String result, String policy, String where) {
    batch(
        "{\"kind\":\"dmarc\",\"author\":\"%s\",\"spf\":%s,\"dkim\":%s}"
            .formatted(author, spf, dkim));
    JsonNode answer = answers().getFirst();
    assertThat(answer.path("result").stringValue()).isEqualTo(result);
    assertThat(answer.path("policy").stringValue()).isEqualTo(policy);
    assertThat(answer.path("recordDomain").asString(null)).isEqualTo(where);
    assertThat(answer.path("author").stringValue()).isEqualTo(author);
  }

  @Test
  void messagesComeAsTextBase64OrFile() throws IOException {
    String text = SignedMail.HEADER + "\n" + SignedMail.BODY;
    String json = text.replace("\n", "\\r\\n");
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    String file = file("a.eml", text).toString();
    int status =
        batch(
            "{\"kind\":\"message\",\"message\":\"" + json + "\"}",
            "{\"kind\":\"message\",\"base64\":\"" + base64 + "\"}",
            "{\"kind\":\"message\",\"file\":\"" + file + "\"}");
    assertThat(status).isZero();
    assertThat(answers())
        .hasSize(3)
        .allSatisfy(answer -> {
          assertThat(answer.path("author").stringValue()).isEqualTo("example.com");
          assertThat(answer.path("dmarc").path("policy").stringValue()).isEqualTo("reject");
          assertThat(answer.path("spf").isNull()).isTrue();
        });
    assertThat(answers().getLast().path("file").stringValue()).isEqualTo(file);
  }

  @Test
  void theEnvelopeOfAMessageCountsForItsAlignment() {
    String text = (SignedMail.HEADER + "\n" + SignedMail.BODY).replace("\n", "\\n");
    batch(
        "{\"kind\":\"message\",\"ip\":\"192.0.2.1\",\"from\":\"b@example.com\",\"message\":\"%s\"}"
            .formatted(text));
    JsonNode answer = answers().getFirst();
    assertThat(answer.path("spf").path("result").stringValue()).isEqualTo("pass");
    assertThat(answer.path("dmarc").path("result").stringValue()).isEqualTo("pass");
    assertThat(answer.path("dmarc").path("aligned").get(0).path("method").stringValue())
        .isEqualTo("spf");
  }

  @Test
  void fiveThousandRequestsAreAnsweredInTheirOrder() {
    int count = 5_000;
    String lines =
        IntStream.range(0, count)
            .mapToObj(i ->
                "{\"id\":%d,\"kind\":\"spf\",\"ip\":\"192.0.%d.%d\",\"from\":\"a@example.com\"}"
                    .formatted(i, i % 4, i % 256))
            .collect(Collectors.joining("\n"));
    assertThat(batch(Optional.empty(), lines.getBytes(UTF_8))).isZero();
    assertThat(answers().stream().map(answer -> answer.path("id").intValue()))
        .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
    assertThat(answers().get(2).path("result").stringValue()).isEqualTo("pass");
    assertThat(answers().get(3).path("result").stringValue()).isEqualTo("fail");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # no JSON at all, or not what is asked for
          {                                                    | null | not JSON
          {"id":1,"kind":"spf"} x                              | null | not JSON
          {"kind":"spf","kind":"spf"}                          | null | not JSON
          {"id":1e99999999999}                                 | null | a number that cannot be read
          [1]                                                  | null | not a JSON object
          {"id":1}                                             | 1    | kind: missing
          {"id":"a","kind":"mx"}                               | "a"  | kind: neither spf, message nor dmarc
          {"id":[1,{"b":2.50}],"kind":7}                       | [1,{"b":2.50}] | kind: not a text
          # addresses and senders
          {"id":1,"kind":"spf"}                                | 1    | ip: missing
          {"id":1,"kind":"spf","ip":"mx.example.com"}          | 1    | ip: not an IPv4 or IPv6 address
          {"id":1,"kind":"spf","ip":"127.1"}                   | 1    | ip: not an IPv4 or IPv6 address
          {"id":1,"kind":"spf","ip":"192.0.2.1","from":""}     | 1    | from: not a sender: empty; write
          {"id":1,"kind":"spf","ip":"192.0.2.1","from":"< >"}  | 1    | from: not a sender
          {"id":1,"kind":"spf","ip":"192.0.2.1","from":"x"}    | 1    | from: not a sender
          {"id":1,"kind":"spf","ip":"192.0.2.1","from":"<@a:>"} | 1   | from: not a sender
          {"id":1,"kind":"spf","ip":"192.0.2.1","hello":"a"}   | 1    | no field "hello" in spf
          # domains
          {"id":1,"kind":"dmarc"}                              | 1    | author: missing
          {"id":1,"kind":"dmarc","author":"a@example.com"}     | 1    | author: not a domain
          {"id":1,"kind":"dmarc","author":"a.example","spf":"a.example"} | 1 | spf: not a list
          {"id":1,"kind":"dmarc","author":"a.example","dkim":["."]} | 1 | dkim: not a domain
          # messages
          {"id":1,"kind":"message"}                            | 1    | one of file, message and base64 must be given, not none
          {"id":1,"kind":"message","message":"a","base64":"a"} | 1    | one of file, message and base64 must be given, not more
          {"id":1,"kind":"message","message":"a"}              | 1    | no mail: it has no header
          {"id":1,"kind":"message","message":"\\ud800"}        | 1    | message: half a character
          {"id":1,"kind":"message","base64":"a-b"}             | 1    | base64: not base64
          {"id":1,"kind":"message","file":"/nowhere.eml"}      | 1    | file: no such file
          {"id":1,"kind":"message","file":"-"}                 | 1    | file: standard input holds the requests
          {"id":1,"kind":"message","message":"A: b","helo":"x"} | 1   | helo: says nothing without ip
          {"id":1,"kind":"message","message":"A: b","ip":"192.0.2.1"} | 1 | from: missing beside ip
          {"id":1,"kind":"message","message":"A: b","headerOnly":"yes"} | 1 | headerOnly: neither true nor false
          """)
  void whatCannotBeAnsweredSaysWhyAndTheRestGoesOn(String line, String id, String error) {
    String good = "{\"kind\":\"spf\",\"ip\":\"192.0.2.1\",\"from\":\"a@example.com\"}";
    assertThat(batch(line, "", good)).isEqualTo(ExitStatus.SOME_UNREAD);
    assertThat(answers()).hasSize(2);
    JsonNode answer = answers().getFirst();
    assertThat(answer.path("error").stringValue()).startsWith(error);
    assertThat(out.toString()).startsWith("{\"id\":" + id + ",");
    assertThat(answer.path("line").intValue()).isEqualTo(1);
    assertThat(answers().get(1).path("result").stringValue()).isEqualTo("pass");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void depthAndLengthOfALineAreBounded() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String wide = "{\"kind\":\"spf\",\"id\":\"" + "x".repeat(1 << 20) + "\"}";
    String good = "{\"kind\":\"spf\",\"ip\":\"192.0.2.1\",\"from\":\"a@example.com\"}";
    assertThat(batch("{\"id\":" + deep + "}", wide, good)).isEqualTo(ExitStatus.SOME_UNREAD);
    assertThat(answers()).hasSize(3);
    assertThat(answers().get(0).path("error").stringValue()).startsWith("not JSON");
    assertThat(answers().get(1).path("error").stringValue()).startsWith("longer than");
    assertThat(answers().get(1).path("line").intValue()).isEqualTo(2);
    assertThat(answers().get(2).path("result").stringValue()).isEqualTo("pass");
  }

  @Test
  void theCommandNamesTheKindWhereARequestDoesNot() {
    byte[] line = "{\"author\":\"example.com\"}\r\n".getBytes(UTF_8);
    assertThat(batch(Optional.of("dmarc"), line)).isZero();
    assertThat(answers().getFirst().path("kind").stringValue()).isEqualTo("dmarc");
  }

  @Test
  void anAnswerComesBeforeTheNextQuestionIsAsked() throws Exception {
    var questions = new PipedOutputStream();
    var in = new PipedInputStream(questions);
    var answers = new PipedReader();
    var out = new PrintWriter(new PipedWriter(answers));
    var delivery = new Delivery(out, new PrintWriter(err), "backstop auth");
    var batch = new Batch(judge(), new RequestReader(Optional.empty()));
    Thread runner = Thread.startVirtualThread(() -> batch.run(in, delivery));
    var reader = new BufferedReader(answers);
    for (int i = 0; i < 3; i++) {
      String line =
          "{\"id\":" + i + ",\"kind\":\"spf\",\"ip\":\"192.0.2.1\",\"helo\":\"a.example\"}\n";
      questions.write(line.getBytes(UTF_8));
      questions.flush();
      assertThat(reader.readLine()).startsWith("{\"id\":" + i + ",");
    }
    questions.close();
    runner.join();
  }

  @Test
  void endsWhenNobodyReadsTheAnswers() {
    var closed = new PrintWriter(Writer.nullWriter());
    closed.close();
    var batch = new Batch(judge(), new RequestReader(Optional.empty()));
    byte[] line = "{\"kind\":\"spf\",\"ip\":\"192.0.2.1\"}\n".repeat(1000).getBytes(UTF_8);
    var delivery = new Delivery(closed, new PrintWriter(err), "backstop auth");
    assertThat(batch.run(new ByteArrayInputStream(line), delivery)).isZero();
  }

  @Test
  void aStandardInputThatBreaksIsToldAfterTheAnswers() {
    var batch = new Batch(judge(), new RequestReader(Optional.empty()));
    byte[] line =
        "{\"kind\":\"spf\",\"ip\":\"192.0.2.1\",\"helo\":\"a.example\"}\n".getBytes(UTF_8);
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(line),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("it broke");
              }

              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("it broke");
              }
            });
    assertThat(batch.run(broken, delivery())).isEqualTo(ExitStatus.SOME_UNREAD);
    assertThat(answers()).hasSize(1);
    assertThat(err.toString()).contains("standard input", "it broke");
  }
}
