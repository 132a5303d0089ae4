package dev.backstop.server.backscatterers;

import java.util.Locale;

/** What came of looking a host up in a list. */
public enum DnsResult {
  LISTED,
  NOT_LISTED,
  /** It does not answer us: 127.255.255.x, as operators of lists use it. */
  REFUSED,
  /** It said what no list says. */
  NONSENSE,
  /** No name server said. */
  UNANSWERED,
  /** It was not asked: its test addresses are wrong, or it knows no such family. */
  IGNORED;

  /** As printed: lower case with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
