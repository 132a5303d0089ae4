package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.cli.check.input.MailReading;
import dev.backstop.cli.check.print.Renderer;
import dev.backstop.cli.check.result.Checked;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.mail.message.RawMessage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Splits, judges and renders what was found.
 *
 * @param judge called on several threads at once
 */
record Judging(BiFunction<RawMessage, AutomaticMail, Opinion> judge, Renderer renderer)
    implements MailReading.Maker<Outcome> {

  /** Nothing that is in a message stops the others. */
  @Override
  public Outcome message(String name, Supplier<RawMessage> read) {
    try {
      RawMessage message = read.get();
      if (message.header().isEmpty()) {
        return new Outcome.Unreadable(name, "no mail: it has no header");
      }
      AutomaticMail mail = MessageReader.read(message);
      Checked checked = Checked.of(name, message, mail, judge.apply(message, mail));
      return new Outcome.Judged(checked, renderer.render(checked));
    } catch (RuntimeException | StackOverflowError e) {
      return new Outcome.Unreadable(name, "a fault in this program, please report it: " + e);
    }
  }

  @Override
  public Outcome problem(String name, String reason) {
    return new Outcome.Unreadable(name, reason);
  }

  @Override
  public Outcome passedOver(String name) {
    return new Outcome.PassedOver(name);
  }
}
