package dev.backstop.cli.check.input;

/** Takes what the user should know about the input. */
public interface Complaints {
  /** Something that should have been read and could not. */
  void problem(String name, String reason);

  /** Told without counting as a problem. */
  void note(String text);
}
