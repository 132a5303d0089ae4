package dev.backstop.server.flow;

import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.rules.Rules;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The table that a mail server asks for the plain address of a tagged recipient: for its own
 * bounces, which pass no milter, and to know that the recipient exists.
 *
 * <p>Only tags that we signed are taken off, expired ones included. Were every tag taken off, the
 * mail server would accept {@code prvs=1234abcdef=nobody@domain} and bounce it later to a forged
 * sender.
 */
public final class Untagging {
  private final Rules rules;
  private final InstantSource clock;

  public Untagging(Rules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** The plain address; empty when this is no address of ours with a tag that we signed. */
  public Optional<String> lookup(String key) {
    try {
      Mailbox address = Mailbox.parse(key);
      if (rules.domainOf(address).isEmpty()) {
        return Optional.empty();
      }
      return switch (rules.tagger().verify(address, clock.instant())) {
        case TagCheck.Valid valid -> Optional.of(valid.plain().toString());
        case TagCheck.Expired expired -> Optional.of(expired.plain().toString());
        case TagCheck.Invalid _, TagCheck.Missing _, TagCheck.Foreign _ -> Optional.empty();
      };
    } catch (AddressSyntaxException e) {
      return Optional.empty(); // a mail server asks for all sorts of keys, such as @domain
    }
  }
}
