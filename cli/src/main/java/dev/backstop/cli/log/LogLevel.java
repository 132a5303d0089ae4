package dev.backstop.cli.log;

/** Values of {@code --log-level}; each includes those before it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
