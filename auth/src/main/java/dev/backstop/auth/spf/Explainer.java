package dev.backstop.auth.spf;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.IpLiteral;
import java.util.List;
import java.util.Optional;

/**
 * Finds the words of a domain for the sender of a {@code fail} (RFC 7208 §6.2). They are a
 * stranger's: whoever repeats them must say whose they are (§11.5).
 */
final class Explainer {
  /** Fits into one line of a reply with its codes (RFC 5321 §4.5.3.1.5: 512 octets). */
  private static final int MAX_LENGTH = 400;

  private final Questions questions;
  private final Expansion expansion;

  Explainer(Questions questions, Expansion expansion) {
    this.questions = questions;
    this.expansion = expansion;
  }

  /** Whatever goes wrong, there is an explanation (§6.2). */
  String explain(Finding finding, Subject subject) {
    questions.endTerms();
    return finding
        .explanation()
        .map(this::written)
        .filter(text -> !text.isBlank())
        .orElseGet(() -> standard(subject));
  }

  private static String standard(Subject subject) {
    return subject.domain()
        + " does not let "
        + IpLiteral.render(subject.client())
        + " send its mail";
  }

  private String written(Finding.Explanation explanation) {
    Optional<DnsName> location =
        expansion.neverMatches(explanation.location())
            ? Optional.empty()
            : expansion.name(explanation.location(), explanation.domain());
    List<String> records = location.map(questions::txt).map(Answer::records).orElse(List.of());
    return records.size() == 1
        ? MacroString.parseExplanation(records.getFirst())
            .map(text -> expansion.text(text, explanation.domain(), MAX_LENGTH))
            .map(text -> Printable.text(text, MAX_LENGTH))
            .orElse("")
        : "";
  }
}
