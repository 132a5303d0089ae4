package dev.backstop.server.flow;

import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.server.answers.AnswerJudge.AtRecipient;
import dev.backstop.server.senders.SenderFindings;

/** What we tell the other side's administrator, in words that help to end it. */
public final class Refusals {
  private static final String ADVICE =
      " Somebody forged our address. Please refuse such mail in the SMTP session instead of"
          + " answering it.";

  private Refusals() {}

  /** A recipient who is refused before any data. */
  public static Reply atRecipient(AtRecipient.Refuse refuse) {
    boolean neverSends = refuse.decision().evidence().getFirst().proof() == Proof.NEVER_SENDS;
    return new Reply(
        550,
        "5.7.1",
        "Bounce to <"
            + refuse.tag().plain()
            + "> refused: "
            + (neverSends
                ? "this address never sends mail: we did not send the message that you return."
                : what(refuse.tag()))
            + ADVICE);
  }

  private static String what(TagCheck check) {
    return switch (check) {
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
  }

  /** Nothing is lost: an honest server comes again, and by then the network is forgiven. */
  static Reply slowed() {
    return new Reply(
        450,
        "4.7.1",
        "Too many addresses with wrong signatures (BATV) came from your network. Please try again"
            + " in some minutes.");
  }

  /** Says what to do when the sender knows better. */
  public static Reply unknownRecipient(Mailbox recipient) {
    return new Reply(
        550,
        "5.1.1",
        recipient.toPath()
            + ": no such mailbox here. Please check the spelling; if the address is right, tell"
            + " postmaster@"
            + recipient.domain());
  }

  /** Nobody is refused because a directory is down. */
  public static Reply undecidedRecipient(Mailbox recipient) {
    return new Reply(
        451,
        "4.3.0",
        recipient.toPath()
            + ": cannot find out just now whether there is such a mailbox. Please try again in"
            + " some minutes.");
  }

  /** For whoever looks through the hold queue. */
  static String quarantined(Decision decision) {
    String text = "Backstop: " + decision.verdict() + ". " + decision.explanation();
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.substring(0, Math.min(printable.length(), 300));
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
