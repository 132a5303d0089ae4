package dev.backstop.server.flow;

import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.server.senders.SenderFindings;

/** What we tell the other side's administrator, in words that help to end it. */
final class Refusals {
  private static final String ADVICE =
      " Somebody forged our address. Please refuse such mail in the SMTP session instead of"
          + " answering it.";

  private Refusals() {}

  static Reply atRecipient(TagCheck check) {
    String what =
        switch (check) {
          case TagCheck.Missing _ ->
              "our mail leaves with a signed sender address (BATV), and this one is not signed: we"
                  + " did not send the message that you return.";
          case TagCheck.Invalid _ ->
              "the signature in this address is not ours: we did not send the message that you"
                  + " return.";
          case TagCheck.Expired _ ->
              "the signed address has expired after "
                  + Tagger.LIFETIME_DAYS
                  + " days: it does not belong to mail that we sent lately.";
          case TagCheck.Valid _, TagCheck.Foreign _ ->
              throw new IllegalArgumentException("nothing to refuse");
        };
    return new Reply(550, "5.7.1", "Bounce to <" + check.plain() + "> refused: " + what + ADVICE);
  }

  /** Names what was missing, so that an honest sender's administrator can mend it. */
  static Reply ofSender(JudgedSender sender) {
    SenderFindings findings = sender.findings();
    String domain =
        findings.dmarc().map(outcome -> outcome.authorDomain().text()).orElse("the author");
    return new Reply(
        550,
        "5.7.1",
        "Mail from "
            + domain
            + " refused: its owner asks to refuse mail that neither SPF nor DKIM proves"
            + " (DMARC p=reject). SPF of the envelope sender: "
            + findings.spfWord()
            + "; DKIM: "
            + findings.dkimWord()
            + ". If you forward for our users, send with an envelope sender of your own (SRS) and"
            + " leave signed mail unchanged.");
  }

  static Reply atEndOfMessage(Decision decision) {
    return new Reply(
        550,
        "5.7.1",
        "Automatic answer refused. "
            + decision.explanation()
            + " Please do not answer forged mail.");
  }
}
