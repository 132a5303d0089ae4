package dev.backstop.cli.check;

import static dev.backstop.cli.check.Mails.BOUNCE;
import static dev.backstop.cli.check.Mails.LETTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is printed besides the lines of JSON, each as it stands in docs/check.md. */
class CheckAnswersTest extends CheckRuns {
  @BeforeEach
  void write() throws IOException {
    file("in/1.eml", BOUNCE);
    file("in/2.eml", LETTER);
    file("in/3.eml", Mails.delay());
    file("in/notes.txt", "nothing that is mail");
  }

  private String in() {
    return folder.resolve("in").toString();
  }

  @Test
  void aBlockAMessageAndTheSum() {
    assertThat(check(in())).isZero();
    assertThat(printed())
        .isEqualTo(
            """
            in/1.eml
              form      bounce, failed (confidence high)
              verdict   unproven
              reporter  mx.example.net
              recipient jürgen@example.net  failed  5.1.1  no-such-user, permanent
                        “550 5.1.1 user unknown \uFFFD[31m”
              returned  its header  <1@example.org>  “Hello”
              source    pc.example.org  [192.0.2.25]
                        mx.example.net reports that mail to jürgen@example.net could not be delivered\
             (no such user); nothing proves whether the mail it answers was ours.

            in/2.eml
              form      ordinary
              verdict   ordinary
                        This is ordinary mail, not a machine's answer to another message.

            in/3.eml
              form      bounce, delayed (confidence high)
              verdict   unproven
              reporter  mx.example.net
              recipient jürgen@example.net  delayed  4.4.1  network, temporary
                        “450 4.4.1 connection timed out \uFFFD[31m”
              returned  its header  <1@example.org>  “Hello”
              source    pc.example.org  [192.0.2.25]
                        mx.example.net reports that mail to jürgen@example.net is delayed and still\
             being tried (network); nothing proves whether the mail it answers was ours.

            3 messages; 1 ordinary, 2 bounce; 1 ordinary, 2 unproven
            1 file is no mail, passed over: in/notes.txt
            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void explainAddsFromWhatItFollows() {
    assertThat(check("--explain", "--only", "bounce/failed", in())).isZero();
    assertThat(printed())
        .contains(
            """
              recipient jürgen@example.net  failed  5.1.1  no-such-user, permanent
                        “550 5.1.1 user unknown \uFFFD[31m”
                        judged by status 5.1.1, reply 550, the words
              returned  its header  <1@example.org>  “Hello”
              source    pc.example.org  [192.0.2.25]
              found     Message-ID, To, Subject, Received in a header that came back alone
              because   delivery status notification (RFC 3464)
              cut       nothing
            """);
  }

  @Test
  void onlyTheFormsAskedForAreShownButAllAreCounted() {
    assertThat(check("--only", "bounce/delayed", "--only", "receipt,ordinary", in())).isZero();
    assertThat(printed())
        .contains("in/2.eml\n", "in/3.eml\n")
        .doesNotContain("in/1.eml")
        .contains("3 messages, 2 of them shown; 1 ordinary, 2 bounce; 1 ordinary, 2 unproven");
  }

  @Test
  void automaticIsAllButOrdinary() {
    assertThat(check("--json", "--only", "Automatic", in())).isZero();
    assertThat(out.toString()).hasLineCount(2).doesNotContain("2.eml");
  }

  @Test
  void anUnknownFormIsWrongUseAndTheKnownAreNamed() {
    assertThat(check("--only", "bounced", in())).isEqualTo(64);
    assertThat(err.toString())
        .contains("there is no form \"bounced\"", "auto-reply", "bounce/delayed", "automatic");
  }

  @Test
  void theSummaryIsATable() {
    assertThat(check("--summary", "--only", "bounce", in())).isZero();
    assertThat(printed())
        .isEqualTo(
            """
            Messages                                               3
            Shown                                                  2
              ordinary                                             1
              bounce                                               2

            Bounces
              failed                                               1
              delayed                                              1

            Verdicts
              ordinary                                             1
              unproven                                             2

            Recipients by reason
              no-such-user                                         1
              network                                              1

            Recipients by duration
              permanent                                            1
              temporary                                            1

            Hosts that report most
              mx.example.net                                       2

            1 file is no mail, passed over: in/notes.txt
            """);
  }

  @Test
  void theSummaryAsJsonHasEveryKnownValue() throws IOException {
    file("in/4.eml", "no header");
    assertThat(check("--summary", "--json", in())).isEqualTo(1);
    assertThat(out.toString()).hasLineCount(1);
    JsonNode sum = new JsonMapper().readTree(out.toString());
    assertThat(sum.propertyNames())
        .containsExactly(
            "messages",
            "shown",
            "unreadable",
            "passedOver",
            "forms",
            "subforms",
            "verdicts",
            "reasons",
            "lasting",
            "imitates",
            "cut",
            "hosts",
            "software");
    assertThat(sum.get("messages").asInt()).isEqualTo(3);
    assertThat(sum.get("unreadable").asInt()).isEqualTo(1);
    assertThat(sum.get("passedOver").asInt()).isEqualTo(1);
    assertThat(sum.get("forms").get("bounce").asInt()).isEqualTo(2);
    assertThat(sum.get("forms").get("auto-reply").asInt()).isZero();
    assertThat(sum.get("cut").get("message").asInt()).isZero();
    assertThat(sum.get("hosts").get(0).get("name").asString()).isEqualTo("mx.example.net");
    assertThat(sum.get("hosts").get(0).get("messages").asInt()).isEqualTo(2);
  }

  @Test
  void csvHasARowForEachRecipientAndIsComplete() throws IOException {
    file("in/4.eml", Mails.bounce(2));
    Path csv = folder.resolve("in/out.csv");
    assertThat(check("--summary", "--csv", csv.toString(), in())).isZero();
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows.getFirst()).startsWith("file,form,subform,verdict,confidence,mta,software");
    assertThat(rows.subList(1, rows.size()))
        .extracting(row -> row.replace(folder + "/in/", "").split(",", 10)[0])
        .containsExactly("1.eml", "2.eml", "3.eml", "4.eml", "4.eml");
    assertThat(rows.get(1).replace(folder.toString(), ""))
        .isEqualTo(
            "/in/1.eml,bounce,failed,unproven,high,mx.example.net,,,jürgen@example.net,,failed,"
                + "5.1.1,550,no-such-user,true,550 5.1.1 user unknown \uFFFD[31m,,headers,"
                + "<1@example.org>,,jurgen@example.net,Hello,,192.0.2.25,pc.example.org,"
                + "MAILER-DAEMON@mx.example.net,,,,mx.example.net reports that mail to"
                + " jürgen@example.net could not be delivered (no such user); nothing proves"
                + " whether the mail it answers was ours.");
    assertThat(csv.resolveSibling(".").toFile().list()).hasSize(6); // no other file is left
    assertThat(check("--summary", "--csv", csv.toString(), in())).isZero(); // its own is replaced
  }

  @Test
  void csvOnStandardOutputStandsAlone() {
    assertThat(check("--csv", "-", "--only", "bounce/failed", in())).isZero();
    assertThat(out.toString()).hasLineCount(2).startsWith("file,form");
    assertThat(err.toString()).contains("3 messages, 1 of them shown");
    assertThat(check("--csv", "-", "--json", in())).isEqualTo(64);
    assertThat(check("--csv", "-", "--summary", in())).isEqualTo(64);
  }

  @Test
  void csvNeverReplacesSomethingElse() throws IOException {
    Path mail = folder.resolve("in/1.eml");
    assertThat(check("--csv", mail.toString(), in())).isEqualTo(73);
    assertThat(err.toString()).contains("is there already and is no CSV of this command");
    assertThat(Files.readString(mail)).isEqualTo(BOUNCE);
    assertThat(check("--csv", folder.resolve("none/x.csv").toString(), in())).isEqualTo(73);
    assertThat(err.toString()).contains("its folder does not exist");
    assertThat(out.toString()).isEmpty();
  }
}
