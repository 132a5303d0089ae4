package dev.backstop.cli.check.result;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.Subform;
import dev.backstop.bounce.words.Reason;
import java.util.List;

/** The sentence for a person. */
public final class Explanation {
  private Explanation() {}

  /** What the message is, and that nothing tells yet whose mail it answers. */
  public static String of(AutomaticMail mail) {
    return mail.isAutomatic()
        ? what(mail) + "; nothing proves whether the mail it answers was ours."
        : what(mail) + ".";
  }

  /** What the message is: a sentence without its full stop, to be continued with a verdict. */
  public static String what(AutomaticMail mail) {
    return switch (mail.form()) {
      case ORDINARY -> ordinary(mail);
      case BOUNCE -> reporter(mail) + bounce(mail);
      case AUTO_REPLY -> sender(mail) + " answered a message automatically";
      case CHALLENGE -> sender(mail) + " asks the sender of a message to confirm that he sent it";
      case RECEIPT -> sender(mail) + " confirms what became of a message";
      case NOTICE -> sender(mail) + " warns of a virus, spam or forbidden content in a message";
      case LIST_NOTICE -> "The mailing list program at " + sender(mail) + " answered a message";
      case FEEDBACK_REPORT -> sender(mail) + " passes on a reader's complaint about a message";
      case REPORT -> sender(mail) + " sends a regular report on mail that used our domain";
    };
  }

  private static String ordinary(AutomaticMail mail) {
    return mail.imitates() == null
        ? "This is ordinary mail, not a machine's answer to another message"
        : "This only looks like a "
            + mail.imitates().toString().replace('-', ' ')
            + ": nothing of a message that it would answer is in it";
  }

  private static String sender(AutomaticMail mail) {
    return mail.from() == null ? "Somebody" : mail.from();
  }

  private static String reporter(AutomaticMail mail) {
    String mta = mail.reporter().mta();
    return mta == null ? sender(mail) : mta;
  }

  private static String bounce(AutomaticMail mail) {
    Subform subform = mail.subform() == null ? Subform.FAILED : mail.subform();
    String happened =
        switch (subform) {
          case FAILED -> " could not be delivered";
          case DELAYED -> " is delayed and still being tried";
          case EXPANDED -> " was passed on to the members of a list";
          case RELAYED -> " was passed on to a server that makes no reports";
          case DELIVERED -> " was delivered";
        };
    return " reports that mail"
        + to(mail.recipients())
        + happened
        + why(mail.recipients(), subform);
  }

  private static String to(List<ReportedRecipient> recipients) {
    if (recipients.isEmpty() || recipients.getFirst().finalRecipient() == null) {
      return "";
    }
    int others = recipients.size() - 1;
    String first = " to " + recipients.getFirst().finalRecipient();
    return others == 0 ? first : first + " and " + others + (others == 1 ? " other" : " others");
  }

  private static String why(List<ReportedRecipient> recipients, Subform subform) {
    boolean told = subform.compareTo(Subform.DELAYED) <= 0 && !recipients.isEmpty();
    Reason reason = told ? recipients.getFirst().reason() : null;
    return reason == null || reason == Reason.UNKNOWN
        ? ""
        : " (" + reason.toString().replace('-', ' ') + ")";
  }
}
