package dev.backstop.server.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.Action;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.server.Answers;
import dev.backstop.server.Site;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who got one mail from us. */
class ReplayTest {
  private static final String ENFORCE =
      """
      domains = ["ours.test"]
      mode = "enforce"
      auth.check = false
      """;

  @TempDir Path folder;

  @Test
  void aTagProvesAsManyAnswersAsTheMailOfItsDayExplains() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com", "carl@example.com");
      String tagged = site.tagged("anna@ours.test");
      site.pass(Duration.ofDays(1));
      int explained = Replays.TO_TAG + 2 * 2;
      for (int i = 0; i < explained; i++) {
        assertThat(verdict(site, tagged, i)).startsWith("genuine;");
      }
      assertThat(verdict(site, tagged, 0)).as("tried again").startsWith("genuine;");
      assertThat(verdict(site, tagged, explained))
          .startsWith("unproven;")
          .contains("more answers have come to it than mail left with it");
    }
  }

  private static String verdict(Site site, String recipient, int number) throws Exception {
    return Site.verdict(
        site.receive("<>", recipient, Answers.bounce("<forged@x>", "eve@example.com", number)));
  }

  @Test
  void aMessageIdProvesSoManyAnswersOfOneRecipient() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");
      for (int i = 0; i < Replays.TO_MESSAGE; i++) {
        assertThat(answer(site, "bob@example.com", i)).startsWith("genuine;");
      }
      assertThat(answer(site, "bob@example.com", 0)).as("tried again").startsWith("genuine;");
      assertThat(answer(site, "bob@example.com", Replays.TO_MESSAGE))
          .startsWith("unproven;")
          .contains("it has been answered very often");
    }
  }

  private static String answer(Site site, String recipient, int number) throws Exception {
    return Site.verdict(
        site.receive("<>", "anna@ours.test", Answers.bounce("<1@ours.test>", recipient, number)));
  }

  /** A list's members or an alias; then it is enough. */
  @Test
  void aMessageIdShownByOthersSavesNobodyForEver() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.send("anna@ours.test", "<1@ours.test>", "list@example.com");
      for (int i = 0; i < Replays.TO_MESSAGE_BY_OTHERS; i++) {
        assertThat(answer(site, "member" + i + "@example.org", i)).startsWith("unproven;");
      }
      assertThat(
              site.receive(
                  "<>",
                  "anna@ours.test",
                  Answers.bounce("<1@ours.test>", "one-more@example.org", 99)))
          .as("the tag is missing, and nothing speaks for it any more")
          .isInstanceOf(Action.Refuse.class);
    }
  }

  @Test
  void aMessageIdIsOldAfterAWeekForOthersThanItsRecipient() throws Exception {
    try (var site = new Site(folder, ENFORCE + "answers.refuse-at = \"end\"\n")) {
      site.send("anna@ours.test", "<1@ours.test>", "list@example.com");
      assertThat(answer(site, "member@example.org", 1)).startsWith("unproven;");
      site.pass(Duration.ofDays(8));
      assertThat(answer(site, "list@example.com", 2)).startsWith("genuine;");
      assertThat(
              site.receive(
                  "<>", "anna@ours.test", Answers.bounce("<1@ours.test>", "member@example.org", 3)))
          .isInstanceOf(Action.Refuse.class);
    }
  }

  @Test
  void whoGuessesTagsIsPutOffAndLearnsNothing() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      for (int i = 0; i < Guesses.OF_NETWORK; i++) {
        String guess = "prvs=0061%06x=anna@ours.test".formatted(i);
        assertThat(site.rcpt("<>", guess)).isInstanceOf(Answer.Refuse.class);
      }
      assertThat(site.rcpt("<>", site.tagged("anna@ours.test")))
          .isInstanceOfSatisfying(
              Answer.Refuse.class,
              refuse -> assertThat(refuse.reply().toString()).startsWith("450 4.7.1 Too many"));
      assertThat(site.rcpt("bob@example.com", "anna@ours.test"))
          .as("mail without a tag is not touched")
          .isEqualTo(Answer.CONTINUE);

      site.pass(Duration.ofMinutes(11));
      assertThat(site.rcpt("<>", site.tagged("anna@ours.test"))).isEqualTo(Answer.CONTINUE);
    }
  }
}
