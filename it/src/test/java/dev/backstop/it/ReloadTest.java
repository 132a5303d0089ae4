package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** SIGHUP with another configuration. */
@RequiresPostfix
class ReloadTest {

  @Test
  void sessionsGoOnAndTheNextTransactionIsJudgedByTheNewRules() {
    try (var world = new World("");
        var session = world.stranger()) {
      session.expect("250", "MAIL FROM:<>");
      session.expect("250", "RCPT TO:<victim@ours.test>");

      reload(world, "mode = \"enforce\"", "reloaded");

      String bounce = Texts.bounce("victim@ours.test", "across the reload", World.messageId());
      assertThat(session.data(bounce)).startsWith("250");
      assertThat(world.ours.letter("victim", "across the reload").field("Backstop-Verdict"))
          .contains("mode=observe");
      session.expect("250", "MAIL FROM:<>");
      session.expect("550 5.7.1", "RCPT TO:<victim@ours.test>");
      session.expect("250", "RSET");

      reload(world, "mode = \"nonsense\"", "reload-failed");

      session.expect("250", "MAIL FROM:<>");
      session.expect("550 5.7.1", "RCPT TO:<victim@ours.test>");
      assertThat(world.backstop.log()).contains("nonsense");
    }
  }

  private static void reload(World world, String settings, String logged) {
    world.configure(settings);
    world.backstop.reload();
    Await.until("the log to say " + logged, () -> world.backstop.log().contains(logged));
  }
}
