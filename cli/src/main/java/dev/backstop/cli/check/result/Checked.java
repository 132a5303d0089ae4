package dev.backstop.cli.check.result;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.mail.message.Cut;
import dev.backstop.mail.message.RawMessage;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * One message and what we hold of it.
 *
 * @param file path as given, or {@code path:number} for a message of an mbox
 * @param cuts what was left unread, of the message or by its reading
 */
public record Checked(String file, AutomaticMail mail, Opinion opinion, Set<Cut> cuts) {

  /** The result without the message itself, so that its octets can be let go. */
  public static Checked of(String file, RawMessage message, AutomaticMail mail, Opinion opinion) {
    Set<Cut> cuts = EnumSet.noneOf(Cut.class);
    cuts.addAll(message.cuts());
    cuts.addAll(mail.cuts());
    return new Checked(file, mail, opinion, Collections.unmodifiableSet(cuts));
  }

  /** True when the message was longer than what is read. */
  public boolean truncated() {
    return cuts.contains(Cut.MESSAGE);
  }
}
