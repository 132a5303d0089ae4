package dev.backstop.server.senders;

/** What is done with a message because of its sender. */
public enum Measure {
  /** Nothing. */
  PASS("pass"),
  /** It goes on, and its header says that its owner would have it set apart. */
  MARK("mark"),
  /** 550 at the end of the data. */
  REFUSE("refuse");

  private final String word;

  Measure(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
