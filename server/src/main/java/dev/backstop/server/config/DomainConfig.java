package dev.backstop.server.config;

import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.verdict.Mode;

/**
 * A domain that is ours, with what holds for it after defaults and overrides.
 *
 * @param name lower-case A-labels, no final dot
 */
public record DomainConfig(String name, Mode mode, TagForm tagForm) {}
