package dev.backstop.auth.doctor.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.DkimResult;
import dev.backstop.auth.dkim.KeyAnswer;
import dev.backstop.auth.dkim.KeyRecord;
import dev.backstop.auth.dkim.KeyRecordParser;
import dev.backstop.auth.doctor.dkim.KeyFacts.Seen;
import dev.backstop.auth.doctor.dkim.OwnKey.Use;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.RecordType;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges DKIM keys. */
public final class KeyFindings {
  /** RFC 8301 §3.2. */
  private static final int GOOD_BITS = 2048;

  private static final int USUAL_MAX_BITS = 4096;
  private static final int MAX_TAGS = 100;

  private final KeyFacts facts;
  private final List<Finding> findings = new ArrayList<>();
  private final List<KeyRecord> usable = new ArrayList<>();

  private KeyFindings(KeyFacts facts) {
    this.facts = facts;
  }

  /**
   * Selector by selector.
   *
   * @param noMail whether the domain hardly sends, so that nobody misses a key
   */
  public static List<Finding> of(KeyFacts facts, boolean noMail) {
    var judge = new KeyFindings(facts);
    facts.seen().forEach(judge::seen);
    judge.whole(noMail);
    return List.copyOf(judge.findings);
  }

  private void whole(boolean noMail) {
    boolean elliptic = usable.stream().allMatch(key -> key.algorithm() == Algorithm.ED25519_SHA256);
    if (!usable.isEmpty() && elliptic) {
      add(KeyCode.ED25519_ONLY, "All keys that were found are Ed25519 keys.");
    }
    if (facts.wildcard()) {
      add(
          KeyCode.WILDCARD,
          "Every name below _domainkey.%s has a key record.".formatted(Shown.name(facts.domain())));
    } else if (facts.trouble().isPresent()) {
      add(
          KeyCode.UNANSWERED,
          "Whether there are keys under usual selectors could not be found out: %s."
              .formatted(facts.trouble().get()));
    } else if (facts.seen().isEmpty() && !noMail) {
      add(
          KeyCode.NONE_FOUND,
          "No DKIM key of %s stands under a usual selector.".formatted(Shown.name(facts.domain())));
    }
  }

  private void seen(Seen seen) {
    if (seen.answer().isTemporary()) {
      add(
          KeyCode.UNANSWERED,
          "The key %s could not be found out: %s.".formatted(name(seen), seen.answer().describe()));
    } else if (seen.keyRecords().isEmpty()) {
      missing(seen);
    } else if (seen.keyRecords().size() > 1) {
      several(seen);
    } else {
      seen.key().ifPresent(key -> one(seen, key));
    }
  }

  private void missing(Seen seen) {
    if (seen.own().isEmpty()) {
      add(KeyCode.MISSING, "There is no key %s.".formatted(name(seen)));
      return;
    }
    Remedy publish = Remedy.publish(seen.name(), RecordType.TXT, seen.own().get().record());
    switch (seen.own().get().use()) {
      case SIGNING ->
          add(KeyCode.OWN_MISSING, "Our key %s is not published.".formatted(name(seen)), publish);
      case WAITING ->
          add(
              KeyCode.OWN_NOT_YET,
              "Our new key %s is not published yet.".formatted(name(seen)),
              publish);
      case LEAVING ->
          add(
              KeyCode.OWN_GONE_EARLY,
              "Our retired key %s is published no more.".formatted(name(seen)),
              publish);
      case GONE -> {} // as it should be
    }
  }

  private void several(Seen seen) {
    List<Remedy> remedies = new ArrayList<>();
    seen.own()
        .ifPresent(own -> {
          seen.keyRecords().stream()
              .filter(text -> !text.equals(own.record()))
              .limit(5)
              .forEach(text -> remedies.add(Remedy.remove(seen.name(), RecordType.TXT, text)));
        });
    add(
        KeyCode.SEVERAL,
        "The key %s has %d records.".formatted(name(seen), seen.keyRecords().size()),
        remedies.toArray(Remedy[]::new));
  }

  private void one(Seen seen, KeyAnswer key) {
    switch (key) {
      case KeyAnswer.Found found -> found(seen, found.records().getFirst());
      case KeyAnswer.Unusable unusable -> unusable(seen, unusable);
    }
  }

  private void unusable(Seen seen, KeyAnswer.Unusable unusable) {
    String reason = unusable.reason();
    Optional<OwnKey> needed = seen.own().filter(own -> own.use() != Use.GONE);
    Remedy[] replace =
        needed.stream()
            .map(own -> Remedy.replace(seen.name(), RecordType.TXT, own.record()))
            .toArray(Remedy[]::new);
    if (isRevoked(seen) && needed.isEmpty() && (seen.usual() || seen.own().isPresent())) {
      add(KeyCode.REVOKED, "The key %s is revoked: its p= is empty.".formatted(name(seen)));
    } else if (unusable.result() == DkimResult.POLICY && reason.contains("fewer than")) {
      add(
          KeyCode.TOO_WEAK,
          "The key %s is far too short: %s.".formatted(name(seen), reason),
          replace);
    } else {
      add(
          KeyCode.UNUSABLE,
          "The key %s cannot be used: %s.".formatted(name(seen), reason),
          replace);
    }
  }

  /** RFC 6376 §3.6.1: "An empty value means that this public key has been revoked". */
  private static boolean isRevoked(Seen seen) {
    return Stream.of(seen.keyRecords().getFirst().split(";", MAX_TAGS))
        .anyMatch(tag -> tag.replace(" ", "").equals("p="));
  }

  private void found(Seen seen, KeyRecord key) {
    usable.add(key);
    if (isOfAnother(seen, key)) {
      OwnKey own = seen.own().orElseThrow();
      add(
          KeyCode.OWN_IS_DIFFERENT,
          "The key %s is not the one that is here.".formatted(name(seen)),
          Remedy.replace(seen.name(), RecordType.TXT, own.record()));
    } else if (seen.own().filter(own -> own.use() == Use.GONE).isPresent()) {
      add(
          KeyCode.OWN_CAN_GO,
          "Our retired key %s is still published.".formatted(name(seen)),
          Remedy.remove(seen.name(), RecordType.TXT, seen.keyRecords().getFirst()));
    } else {
      usable(seen, key);
    }
    if (key.testing()) {
      add(KeyCode.TESTING, "The key %s has the flag for tests.".formatted(name(seen)));
    }
  }

  private static boolean isOfAnother(Seen seen, KeyRecord published) {
    return seen.own()
        .map(own -> KeyRecordParser.parse(List.of(own.record())))
        .filter(ours -> ours instanceof KeyAnswer.Found)
        .filter(ours ->
            ((KeyAnswer.Found) ours)
                .records().stream().noneMatch(own -> own.key().equals(published.key())))
        .isPresent();
  }

  private void usable(Seen seen, KeyRecord key) {
    String what =
        switch (key.algorithm()) {
          case RSA_SHA256 -> "an RSA key of " + key.bits() + " bits";
          case ED25519_SHA256 -> "an Ed25519 key";
        };
    String text = "%s is %s%s.".formatted(name(seen), what, seen.own().isPresent() ? ", ours" : "");
    boolean rsa = key.algorithm() == Algorithm.RSA_SHA256;
    if (rsa && key.bits() < GOOD_BITS) {
      add(KeyCode.WEAK, text);
    } else if (rsa && key.bits() > USUAL_MAX_BITS) {
      add(KeyCode.VERY_LONG, text);
    } else {
      add(KeyCode.USABLE, text);
    }
  }

  private static String name(Seen seen) {
    return Shown.quoted(seen.selector());
  }

  private void add(KeyCode code, String text, Remedy... remedies) {
    findings.add(Finding.of(code, text, remedies));
  }
}
