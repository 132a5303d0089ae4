package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Automatic mail that does not have the null sender, with a journal that has been complete for
 * weeks.
 */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class JournalTest {
  private static World world;

  @BeforeAll
  static void start() {
    world = new World("mode = \"enforce\"");
  }

  /** A restart of Backstop is a gap in its journal. */
  @BeforeEach
  void age() throws SQLException {
    makeOlder(world.backstop.data(), Duration.ofDays(20));
  }

  /** Nobody can wait for weeks: the store is told that it has been complete for that long. */
  private static void makeOlder(Path data, Duration age) throws SQLException {
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("backstop.db"));
        var statement = database.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("UPDATE domain SET since = since - " + age.toSeconds());
      statement.execute("UPDATE state SET complete_from = complete_from - " + age.toSeconds());
    }
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void theAutoReplyToMailOfOursIsGenuine() {
    String messageId = world.sends("correspondent", "friend@foreign.test", "are you there?");
    world.foreign.letter("friend", "Subject: are you there?");

    Letter reply = replied("I am away", messageId);

    assertThat(reply.field("Backstop-Verdict"))
        .startsWith("genuine; form=auto-reply; mode=enforce; action=pass;")
        .contains("journal=proven");
  }

  @Test
  void theAutoReplyToAForgedMessageIsRefused() {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<friend@foreign.test>");
      stranger.expect("250", "RCPT TO:<victim@ours.test>");

      String reply = stranger.data(Texts.autoReply("victim@ours.test", "away", World.messageId()));

      assertThat(reply).startsWith("550 5.7.1 Automatic answer refused");
    }
    assertThat(world.ours.mailbox("victim")).isEmpty();
  }

  /** An alias or a forwarder answers for the one we wrote to: no proof either way. */
  @Test
  void anAutoReplyOfSomebodyElseIsUnproven() {
    String messageId = world.sends("correspondent", "nobody@list.test", "to a forwarder");

    Letter reply = replied("I am the one behind it", messageId);

    assertThat(reply.field("Backstop-Verdict")).startsWith("unproven; form=auto-reply");
  }

  /** Postfix lets mail through while Backstop is away, so the journal cannot know all of it. */
  @Test
  void theAutoReplyToMailThatPassedUnseenIsTaken() {
    String messageId = World.messageId();
    world.backstop.stop();
    try (var printer = new SmtpClient(SmtpClient.OURS, world.ours.port())) {
      String text = Texts.plain("correspondent", "friend@foreign.test", "unseen", messageId);
      printer.send("correspondent@ours.test", "friend@foreign.test", text);
    }
    world.backstop.start();

    Letter reply = replied("I did not see Backstop either", messageId);

    assertThat(reply.field("Backstop-Verdict")).startsWith("unproven; form=auto-reply");
  }

  /** As Jira, Redmine and Mantis do: the thread is the tracker's, so our journal has no part. */
  @Test
  void theNoticeOfATrackerInAThreadOfItsOwnIsTaken() {
    String text =
        """
        From: Tracker <friend@foreign.test>
        To: correspondent@ours.test
        Subject: [tracker] #17 changed
        Message-ID: <issue-17-2@tracker.foreign.test>
        In-Reply-To: <issue-17@tracker.foreign.test>
        References: <issue-17@tracker.foreign.test>
        Auto-Submitted: auto-generated
        Precedence: bulk
        X-Auto-Response-Suppress: All

        Ann Example commented on #17: please have a look.
        """;

    Letter notice = delivered("correspondent", "[tracker] #17 changed", text);

    assertThat(notice.text()).contains("please have a look");
  }

  @Test
  void aPersonMayAnswerWhateverItIs() {
    String text =
        """
        From: friend@foreign.test
        To: user@ours.test
        Subject: Re: who are you?
        In-Reply-To: %s

        You wrote to me.
        """
            .formatted(World.messageId());

    Letter letter = delivered("user", "Re: who are you?", text);

    assertThat(letter.fields("Backstop-Verdict")).isEmpty();
  }

  private static Letter replied(String subject, String answered) {
    String text = Texts.autoReply("correspondent@ours.test", subject, answered);
    return delivered("correspondent", subject, text);
  }

  private static Letter delivered(String user, String subject, String text) {
    try (var stranger = world.stranger()) {
      stranger.send("friend@foreign.test", user + "@ours.test", text);
    }
    return world.ours.letter(user, "Subject: " + subject);
  }
}
