package dev.backstop.server.config;

import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.verdict.Mode;

/**
 * A domain that is ours, with what holds for it after defaults and overrides.
 *
 * @param name lower-case A-labels, no final dot
 * @param answers to mail that we may not have sent
 * @param dmarc for mail that fails DMARC
 */
public record DomainConfig(String name, Answers answers, TagForm tagForm, Mode dmarc) {

  /** The same for another domain. */
  DomainConfig named(String other) {
    return new DomainConfig(other, answers, tagForm, dmarc);
  }

  /** What a table says, and this where it says nothing. */
  DomainConfig overriddenBy(Section section) {
    DomainConfig own =
        new DomainConfig(
            name,
            answers.overriddenBy(section),
            section.choice("tag-form", tagForm),
            section.choice("dmarc", dmarc));
    section.refuseOthers();
    return own;
  }
}
