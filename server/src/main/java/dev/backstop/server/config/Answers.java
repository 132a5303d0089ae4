package dev.backstop.server.config;

import dev.backstop.bounce.policy.Policy;

/**
 * How answers to a domain or an address are treated.
 *
 * @param mode whether the policy is followed
 * @param policy what is done with what
 */
public record Answers(AnswerMode mode, Policy policy) {
  public static final Answers DEFAULT = new Answers(AnswerMode.OBSERVE, Policy.DEFAULT);

  /** What a table says, and these where it says nothing. */
  Answers overriddenBy(Section section) {
    AnswerMode own = section.choice("mode", mode);
    boolean neverSends = section.flag("never-sends", policy.neverSends());
    return new Answers(own, read(section, policy, neverSends));
  }

  /** The policy of all. It has no key {@code never-sends}: somebody must send. */
  static Policy general(Section section) {
    Policy policy = read(section, Policy.DEFAULT, Policy.DEFAULT.neverSends());
    section.refuseOthers();
    return policy;
  }

  private static Policy read(Section section, Policy base, boolean neverSends) {
    return new Policy(
        section.choice("backscatter", base.backscatter()),
        section.choice("suspicious", base.suspicious()),
        section.choice("unproven", base.unproven()),
        section.choice("in-attack", base.inAttack()),
        section.choice("refuse-at", base.refuseAt()),
        neverSends);
  }
}
