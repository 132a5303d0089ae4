package dev.backstop.cli.check.print;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.cli.check.result.Checked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The further lines of {@code --explain}: from what the answer follows. */
final class Explained {
  private Explained() {}

  static void write(Checked checked, Lines lines) {
    AutomaticMail mail = checked.mail();
    if (mail.isAutomatic()) {
      lines.line("found", found(mail.returned()));
    }
    if (!mail.references().isEmpty()) {
      lines.line("answers", mail.references().getLast());
    }
    String label = "because";
    for (String mark : mail.marks()) {
      lines.line(label, mark);
      label = "";
    }
    if (mail.marks().isEmpty()) {
      lines.line(label, "no mark of automatic mail decided");
    }
    if (mail.imitates() != null) {
      lines.line("imitates", mail.imitates() + ": looks like one at first sight, and is none");
    }
    if (checked.cuts().isEmpty()) {
      lines.line("cut", "nothing");
    }
  }

  /** Which fields of the message answered came back. */
  private static String found(ReturnedMessage returned) {
    List<String> fields = new ArrayList<>();
    add(fields, "Message-ID", returned.messageId());
    add(fields, "From", returned.from());
    if (!returned.to().isEmpty()) {
      fields.add("To");
    }
    add(fields, "Subject", returned.subject());
    add(fields, "Date", returned.date());
    if (returned.source() != null) {
      fields.add("Received");
    }
    String where =
        switch (returned.part()) {
          case FULL -> "a message that came back whole";
          case HEADERS -> "a header that came back alone";
          case NONE -> "the text";
        };
    return fields.isEmpty() ? "" : String.join(", ", fields) + " in " + where;
  }

  private static void add(List<String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.add(name);
    }
  }

  /** From what a recipient's reason follows. */
  static String why(ReportedRecipient recipient) {
    if (recipient.reason() == null) {
      return "";
    }
    List<String> sources = new ArrayList<>();
    if (recipient.status() != null) {
      sources.add("status " + recipient.status());
    }
    if (recipient.smtp() != null) {
      sources.add("reply " + recipient.smtp());
    }
    if (recipient.diagnostic() != null) {
      String who = recipient.remoteMta() == null ? "" : " of " + recipient.remoteMta();
      sources.add("the words" + who);
    }
    String from = sources.isEmpty() ? "the text of the bounce" : String.join(", ", sources);
    String open = recipient.permanent() == null ? "; nothing tells whether it lasts" : "";
    return "judged by " + from + open;
  }
}
