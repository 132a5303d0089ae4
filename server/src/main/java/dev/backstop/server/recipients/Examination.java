package dev.backstop.server.recipients;

import dev.backstop.server.recipients.source.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one question, for a person.
 *
 * @param plain the address that was asked for, without tag
 * @param answers of all sources, in the order in which a session asks them; also of those that a
 *     session would not have asked any more
 * @param remembered what was remembered of the sources on other machines; a session uses it
 * @param outcome what a session would go by
 */
public record Examination(
    String plain, List<Answer> answers, Optional<Finding> remembered, Outcome outcome) {
  public Examination {
    answers = List.copyOf(answers);
  }

  /**
   * One source.
   *
   * @param source {@code file}, {@code ldap}, {@code sql}, {@code call-out} or another word
   * @param place file or server
   */
  public record Answer(String source, String place, Finding finding, Duration took) {}
}
