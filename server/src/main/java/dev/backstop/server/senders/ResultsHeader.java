package dev.backstop.server.senders;

import dev.backstop.auth.authres.AuthenticationResults;
import dev.backstop.auth.authres.MethodResult;
import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimSignature;
import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.smtp.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The field Authentication-Results (RFC 8601), in the name of our mail system. */
public final class ResultsHeader {
  private ResultsHeader() {}

  /**
   * Fields that came with the message in our name are somebody else's word (RFC 8601 §5); the last
   * goes first, so that the numbers of the others hold.
   *
   * @param name ours
   */
  public static void removeForged(List<HeaderField> header, String name, List<Action.Edit> edits) {
    List<Action.Edit> removals = new ArrayList<>(0);
    int occurrence = 0;
    for (HeaderField field : header) {
      if (field.nameIs(AuthenticationResults.FIELD_NAME)) {
        occurrence++;
        if (AuthenticationResults.claims(field, name)) {
          removals.addFirst(
              new Action.Edit.RemoveHeader(AuthenticationResults.FIELD_NAME, occurrence));
        }
      }
    }
    edits.addAll(removals);
  }

  /** Ours. */
  public static Action.Edit of(String name, Transaction transaction, SenderFindings findings) {
    List<MethodResult> results = new ArrayList<>(4);
    results.add(spf(findings.spf(), transaction));
    findings.dkim().forEach(outcome -> results.add(dkim(outcome)));
    if (findings.dkim().isEmpty()) {
      results.add(MethodResult.of("dkim", "none"));
    }
    results.add(
        findings
            .dmarc()
            .map(DmarcOutcome::authenticationResult)
            .orElseGet(() ->
                MethodResult.of("dmarc", findings.dmarcWord()).comment("From names no domain")));
    results.add(findings.reverse().authenticationResult());
    return new Action.Edit.InsertHeader(
        AuthenticationResults.FIELD_NAME, new AuthenticationResults(name, results).render());
  }

  /** RFC 8601 §2.7.2: the sender as the client gave it, the HELO name for the null sender. */
  private static MethodResult spf(SpfOutcome outcome, Transaction transaction) {
    MethodResult result = MethodResult.of("spf", outcome.result().word()).comment(outcome.reason());
    return switch (transaction.reversePath()) {
      case Mailbox mailbox -> result.property("smtp", "mailfrom", mailbox.toString());
      case NullReversePath _ ->
          result.property(
              "smtp", "helo", Optional.ofNullable(transaction.peer().helo()).orElse(""));
    };
  }

  /** RFC 8601 §2.7.1, RFC 6008 §4. */
  private static MethodResult dkim(DkimOutcome outcome) {
    MethodResult result = MethodResult.of("dkim", outcome.result().word()).comment(said(outcome));
    if (outcome.signature().isEmpty()) {
      return result;
    }
    DkimSignature signature = outcome.signature().get();
    return result
        .property("header", "d", signature.domain().text())
        .property("header", "s", signature.selector())
        .property("header", "a", signature.algorithmTag())
        .property("header", "b", signature.signatureStart());
  }

  private static String said(DkimOutcome outcome) {
    var said = new StringBuilder(outcome.reason());
    if (outcome.passed()) {
      outcome.weaknesses().stream().sorted().forEach(w -> said.append("; ").append(w.describe()));
    }
    return said.toString();
  }
}
