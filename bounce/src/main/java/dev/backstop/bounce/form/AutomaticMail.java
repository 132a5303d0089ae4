package dev.backstop.bounce.form;

import dev.backstop.mail.message.Cut;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one message: its form and what it says about the message it answers.
 *
 * @param form {@link Form#ORDINARY} when nothing shows that a machine answered
 * @param subform of a bounce, else {@code null}
 * @param confidence of the form
 * @param reporter who made it
 * @param recipients what a bounce says of each recipient, in its order
 * @param returned what came back of the message answered
 * @param references Message-IDs with angle brackets from In-Reply-To and References, newest last:
 *     what an auto-reply has instead of a returned part
 * @param from bare address of the From field: the one who answers; {@code null} when there is none
 * @param marks what decided the form, in plain words
 * @param imitates the form that an ordinary message is dressed as: spam that looks like a bounce at
 *     first sight; {@code null} for nearly all mail
 * @param cuts what was left unread because a bound was reached
 */
public record AutomaticMail(
    Form form,
    @Nullable Subform subform,
    Confidence confidence,
    Reporter reporter,
    List<ReportedRecipient> recipients,
    ReturnedMessage returned,
    List<String> references,
    @Nullable String from,
    List<String> marks,
    @Nullable Form imitates,
    Set<Cut> cuts) {

  public boolean isAutomatic() {
    return form != Form.ORDINARY;
  }
}
