package dev.backstop.server.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.Action;
import dev.backstop.server.Answers;
import dev.backstop.server.Site;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bounce in eight returns no Message-ID: then it counts who wrote to whom, and who answers. */
class WithoutMessageIdTest {
  private static final String OBSERVE = "domains = [\"ours.test\"]\nauth.check = false\n";
  private static final String ENFORCE =
      OBSERVE + "mode = \"enforce\"\nanswers.refuse-at = \"end\"\n";

  @TempDir Path folder;

  @Test
  void theRecipientsOwnServerProvesIt() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.names.mx("example.com", 10, "mx.example.net").address("mx.example.net", "192.0.2.7");
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");

      assertThat(verdict(site, "bob@example.com"))
          .startsWith("genuine;")
          .contains("anna@ours.test wrote to bob@example.com on 2026-03-01, whose mail server");
    }
  }

  @Test
  void anotherHostDoesNot() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.names.mx("example.com", 10, "mx.example.net").address("mx.example.net", "192.0.2.8");
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");

      assertThat(verdict(site, "bob@example.com"))
          .startsWith("unproven;")
          .contains("the host that answers is not known for that domain");
    }
  }

  @Test
  void nameServersThatDoNotAnswerLeaveItUnproven() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.names.timeout("example.com");
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");

      assertThat(verdict(site, "bob@example.com")).startsWith("unproven;");
    }
  }

  @Test
  void whoHasSentNothingForAWeekGetsNoAnswers() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.pass(Duration.ofDays(8));
      assertThat(site.receive("<>", "anna@ours.test", Answers.bareBounce("eve@example.org")))
          .isInstanceOfSatisfying(
              Action.Refuse.class,
              refuse -> assertThat(refuse.reply().text()).contains("carries no tag"));
      assertThat(
              site.receive(
                  "eve@example.org",
                  "anna@ours.test",
                  "From: eve@example.org\nAuto-Submitted: auto-replied\n\nAway\n"))
          .isInstanceOfSatisfying(
              Action.Refuse.class,
              refuse ->
                  assertThat(refuse.reply().text())
                      .contains("the address has sent no mail in the last 7 days"));
    }
  }

  /** The one she wrote to may have passed the message on. */
  @Test
  void whoHasWrittenToSomebodyElseMayGetThem() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.pass(Duration.ofDays(8));
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");

      assertThat(
              Site.verdict(
                  site.receive(
                      "eve@example.org",
                      "anna@ours.test",
                      "From: eve@example.org\nAuto-Submitted: auto-replied\n\nAway\n")))
          .startsWith("unproven;");
    }
  }

  /** Lists ask whoever wrote to one address from another, and quote nothing. */
  @Test
  void aListThatAsksForConfirmationIsProvedByWhatWasSentToItsCommand() throws Exception {
    String question =
        """
        From: choir+owner@example.com
        Subject: Confirm subscription to choir@example.com

        To confirm that you want to be added to the mailing list, reply to this.
        """;
    try (var site = new Site(folder, ENFORCE)) {
      site.names.mx("example.com", 10, "mx.example.net").address("mx.example.net", "192.0.2.7");
      site.send("anna@ours.test", "<1@ours.test>", "choir+subscribe@example.com");

      assertThat(
              Site.verdict(site.receive("choir+bounces@example.com", "anna@ours.test", question)))
          .startsWith("genuine; form=list-notice;")
          .contains("anna@ours.test wrote to choir+subscribe@example.com on 2026-03-01");
      assertThat(
              Site.verdict(site.receive("choir+bounces@example.com", "carol@ours.test", question)))
          .startsWith("unproven;");
    }
  }

  private static String verdict(Site site, String failed) throws Exception {
    return Site.verdict(site.receive("<>", "anna@ours.test", Answers.bareBounce(failed)));
  }
}
