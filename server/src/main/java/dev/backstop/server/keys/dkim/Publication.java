package dev.backstop.server.keys.dkim;

import dev.backstop.dns.Answer;
import dev.backstop.dns.Resolver;
import java.util.List;

/** Whether the world sees the record of a key. */
public sealed interface Publication {

  /** There, and of this key. */
  record Visible() implements Publication {}

  /** Not there. */
  record Missing() implements Publication {}

  /**
   * Something else stands there: signatures of this key would fail.
   *
   * @param how it differs, in words
   */
  record Different(String how) implements Publication {}

  /**
   * Nobody could say.
   *
   * @param why in words
   */
  record Unknown(String why) implements Publication {}

  /** Asks for the record of a key. */
  static Publication of(DkimKey key, Resolver resolver) {
    return switch (resolver.txt(key.recordName())) {
      case Answer.Found<String> found -> compared(key, found.records());
      case Answer.NoSuchName<String> _, Answer.NoData<String> _ -> new Missing();
      case Answer.ServerFailure<String> failure -> new Unknown(failure.describe());
      case Answer.Timeout<String> timeout -> new Unknown(timeout.describe());
    };
  }

  private static Publication compared(DkimKey key, List<String> records) {
    if (records.size() > 1) { // RFC 6376 §3.6.2.2: the results are undefined
      return new Different("there are " + records.size() + " TXT records; there must be one");
    }
    try {
      PublishedKey seen = PublishedKey.parse(records.getFirst());
      return seen.algorithm() == key.algorithm() && seen.publicKey().equals(key.publicKey())
          ? new Visible()
          : new Different("another key stands there");
    } catch (NotAKeyException e) {
      return new Different("what stands there cannot be used: " + e.getMessage());
    }
  }

  /** In words for the owner of the zone. */
  default String describe() {
    return switch (this) {
      case Visible _ -> "visible";
      case Missing _ -> "not visible yet";
      case Different different -> different.how();
      case Unknown unknown -> "cannot tell: " + unknown.why();
    };
  }
}
