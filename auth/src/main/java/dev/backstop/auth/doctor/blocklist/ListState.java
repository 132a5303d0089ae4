package dev.backstop.auth.doctor.blocklist;

import dev.backstop.dns.Resolver;

/** Whether a list works, as its test addresses show (RFC 5782 §5). */
public sealed interface ListState {
  /** 127.0.0.2, which every list contains (RFC 5782 §5). */
  String ALWAYS = "2.0.0.127";

  /** 127.0.0.1, which no list contains (RFC 5782 §5). */
  String NEVER = "1.0.0.127";

  /** ::FFFF:7F00:2, which every list with IPv6 contains (RFC 5782 §5). */
  String ALWAYS_6 = "2.0.0.0.0.0.f.7.f.f.f.f" + ".0".repeat(20);

  /**
   * It works.
   *
   * @param ipv6 whether it lists IPv6 addresses too
   */
  record Working(boolean ipv6) implements ListState {}

  /** It does not answer us. */
  record Refusing(int code) implements ListState {}

  /** It contains nothing, or everything, or says what no list says. */
  record Broken() implements ListState {}

  /** A name server did not say. */
  record Silent(String reason) implements ListState {}

  /**
   * Asks; two to three questions.
   *
   * @param ipv6 whether IPv6 matters
   */
  static ListState of(Resolver resolver, Blocklist list, boolean ipv6) {
    ListAnswer always = ListAnswer.of(resolver, list, ALWAYS);
    return switch (always) {
      case ListAnswer.Listed _ -> never(resolver, list, ipv6);
      case ListAnswer.NotListed _, ListAnswer.Nonsense _ -> new Broken();
      case ListAnswer.Refused(int code) -> new Refusing(code);
      case ListAnswer.Unanswered(String reason) -> new Silent(reason);
    };
  }

  private static ListState never(Resolver resolver, Blocklist list, boolean ipv6) {
    ListAnswer never = ListAnswer.of(resolver, list, NEVER);
    return switch (never) {
      case ListAnswer.NotListed _ ->
          new Working(ipv6 && ListAnswer.of(resolver, list, ALWAYS_6) instanceof ListAnswer.Listed);
      case ListAnswer.Listed _, ListAnswer.Nonsense _ -> new Broken();
      case ListAnswer.Refused(int code) -> new Refusing(code);
      case ListAnswer.Unanswered(String reason) -> new Silent(reason);
    };
  }
}
