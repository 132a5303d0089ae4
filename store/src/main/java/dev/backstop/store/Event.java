package dev.backstop.store;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.verdict.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision, for reports. Texts may come from outside and are cut to a bound: 512 characters,
 * {@value #MOST_EXPLANATION} for the explanation. Unlike the journal it has addresses in clear.
 *
 * @param at kept to the millisecond
 * @param enforced the verdict that an enforcing domain reaches: the same as {@code verdict} in one,
 *     and for an event that an earlier release wrote
 * @param action what was done: {@code refuse}, {@code accept}
 * @param mode of the policy at that time: {@code "observe"}, {@code "enforce"}
 * @param domain ours
 * @param sender reverse-path, {@code <>} for the null one
 * @param peer address of the client
 * @param reporter name of the host that made the automatic message, by its own words
 * @param source address of the host that handed over the message that is answered
 * @param subject of the message that is answered
 * @param evidence a JSON array; replaced by {@code []} when longer than {@value #MOST_EVIDENCE}
 * @param explanation one plain sentence
 */
public record Event(
    Instant at,
    Verdict verdict,
    Verdict enforced,
    String action,
    String mode,
    Form form,
    String domain,
    @Nullable String sender,
    @Nullable String recipient,
    @Nullable String peer,
    @Nullable String queueId,
    @Nullable String messageId,
    @Nullable String reporter,
    @Nullable String source,
    @Nullable String subject,
    String evidence,
    String explanation) {
  static final int MOST_EVIDENCE = 8192;
  static final int MOST_EXPLANATION = 2048;

  public Event {
    action = cut(action);
    mode = cut(mode);
    domain = cut(domain);
    sender = sender == null ? null : cut(sender);
    recipient = recipient == null ? null : cut(recipient);
    peer = peer == null ? null : cut(peer);
    queueId = queueId == null ? null : cut(queueId);
    messageId = messageId == null ? null : cut(messageId);
    reporter = reporter == null ? null : cut(reporter);
    source = source == null ? null : cut(source);
    subject = subject == null ? null : cut(subject);
    evidence = evidence.length() > MOST_EVIDENCE ? "[]" : evidence;
    explanation = cut(explanation, MOST_EXPLANATION);
  }

  private static String cut(String text) {
    return cut(text, 512);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
