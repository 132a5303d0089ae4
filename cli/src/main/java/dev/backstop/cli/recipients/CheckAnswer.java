package dev.backstop.cli.recipients;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.server.flow.Refusals;
import dev.backstop.server.recipients.Examination;
import dev.backstop.server.recipients.Outcome;
import dev.backstop.server.recipients.callout.NextHopSource;
import dev.backstop.server.recipients.source.Finding;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is found of one address, for people and for programs.
 *
 * @param address as given
 */
record CheckAnswer(Mailbox address, Examination examination) {

  Outcome outcome() {
    return examination.outcome();
  }

  /** Some lines, each ended. */
  String text() {
    var text = new StringBuilder().append(address);
    if (!examination.plain().equals(address.toString())) {
      text.append(", asked for as ").append(examination.plain());
    }
    text.append('\n');
    for (Examination.Answer answer : examination.answers()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-8s  %-11s  %s%n            %s, asked now, %d ms%n",
              answer.source(),
              word(answer.finding()),
              answer.finding().detail(),
              answer.place(),
              answer.took().toMillis()));
    }
    examination
        .remembered()
        .ifPresent(finding ->
            text.append("  memory    ")
                .append(String.format(Locale.ROOT, "%-11s  ", word(finding)))
                .append(finding.detail())
                .append('\n'));
    return text.append("  → ").append(conclusion()).append('\n').toString();
  }

  /** One line, not ended. */
  String json() {
    ObjectNode object = JsonMapper.builder().build().createObjectNode();
    object
        .put("address", address.toString())
        .put("asked", examination.plain())
        .put("outcome", outcome().word())
        .put("reason", outcome().reason())
        .put("reply", reply().map(Reply::toString).orElse(null))
        .put("remembered", examination.remembered().map(CheckAnswer::word).orElse(null));
    ArrayNode sources = object.putArray("sources");
    for (Examination.Answer answer : examination.answers()) {
      sources
          .addObject()
          .put("source", answer.source())
          .put("place", answer.place())
          .put("says", word(answer.finding()))
          .put("detail", answer.finding().detail())
          .put("milliseconds", answer.took().toMillis());
    }
    return object.toString();
  }

  private String conclusion() {
    return switch (outcome()) {
      case Outcome.Exists(String reason) -> "accepted: " + reason;
      case Outcome.Unchecked(String reason) -> "accepted without knowing: " + reason;
      case Outcome.Unknown(String reason) -> "refused: " + reason + said();
      case Outcome.Undecided(String reason) -> "put off: " + reason + said();
    };
  }

  private String said() {
    return reply().map(reply -> "\n    " + reply).orElse("");
  }

  /** Ours; where the next hop has decided, a session hears the words in its reason. */
  private Optional<Reply> reply() {
    boolean ofNextHop =
        !examination.answers().isEmpty()
            && examination.answers().getLast().source().equals(NextHopSource.NAME)
            && examination.answers().getLast().finding().detail().equals(outcome().reason());
    return ofNextHop ? Optional.empty() : ownReply();
  }

  private Optional<Reply> ownReply() {
    return switch (outcome()) {
      case Outcome.Exists _, Outcome.Unchecked _ -> Optional.empty();
      case Outcome.Unknown _ -> Optional.of(Refusals.unknownRecipient(address));
      case Outcome.Undecided _ -> Optional.of(Refusals.undecidedRecipient(address));
    };
  }

  private static String word(Finding finding) {
    return switch (finding) {
      case Finding.Known _ -> "exists";
      case Finding.Unknown _ -> "unknown";
      case Finding.Silent _ -> "cannot tell";
      case Finding.Failed _ -> "failed";
    };
  }
}
