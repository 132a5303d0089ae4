package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.edge.Action;
import dev.backstop.server.answers.Judged;
import java.util.Optional;

/**
 * What an incoming message comes to.
 *
 * @param reading what it says
 * @param judged whether it answers mail of ours, and what is done for that
 * @param sender what was found of its sender; empty when nobody was checked
 * @param action what the door is told
 */
public record Outcome(
    AutomaticMail reading, Judged judged, Optional<JudgedSender> sender, Action action) {

  /**
   * What is done, in a word: {@code passed}, {@code marked}, {@code quarantined}, {@code refused}.
   */
  public String word() {
    if (action instanceof Action.Refuse) {
      return "refused";
    }
    return switch (judged.taken()) {
      case PASS -> "passed";
      case MARK -> "marked";
      case QUARANTINE -> "quarantined";
      case REFUSE -> throw new IllegalStateException("neither refused nor delivered");
    };
  }
}
