package dev.backstop.bench.lab;

import java.time.Duration;

/** What a domain of ours says of itself. */
enum Scene {
  /** Mode observe, and a journal that has just begun. */
  OBSERVING("observing", "observe", Duration.ofHours(2)),
  /** Mode enforce, and a journal that has just begun. */
  TAGS("tags", "enforce", Duration.ofHours(2)),
  /** Mode enforce, and a journal that has had all mail for forty days. */
  COMPLETE("tags, complete journal", "enforce", Duration.ofDays(40));

  private final String words;
  private final String mode;
  private final Duration age;

  Scene(String words, String mode, Duration age) {
    this.words = words;
    this.mode = mode;
    this.age = age;
  }

  /** How old the journal is when mail is sent. */
  Duration age() {
    return age;
  }

  /**
   * The configuration.
   *
   * @param token whether our field leaves with each message
   */
  String toml(boolean token) {
    return """
    domains = ["ours.test", "ed.ours.test"]
    mode = "%s"
    networks = ["%s/32"]
    [tagging]
    except = ["untagged.example"]
    token = %s
    """
        .formatted(mode, World.OURS, token);
  }

  @Override
  public String toString() {
    return words;
  }
}
