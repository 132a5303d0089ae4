package dev.backstop.bounce.proof;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everybody for whom an answer can speak. */
public final class Respondents {
  private static final int MOST = 32;

  private Respondents() {}

  public static Set<Mailbox> of(AutomaticMail reading) {
    Set<Mailbox> recipients = new LinkedHashSet<>();
    for (ReportedRecipient reported : reading.recipients()) {
      add(recipients, reported.finalRecipient());
      add(recipients, reported.originalRecipient());
    }
    reading.returned().to().forEach(to -> add(recipients, to));
    add(recipients, reading.from());
    return recipients;
  }

  private static void add(Set<Mailbox> recipients, @Nullable String address) {
    if (address == null || recipients.size() >= MOST) {
      return;
    }
    try {
      recipients.add(Mailbox.parse(address));
    } catch (AddressSyntaxException _) {
      // Not an address that we can have written to.
    }
  }
}
