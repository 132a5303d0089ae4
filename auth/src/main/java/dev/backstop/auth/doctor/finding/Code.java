package dev.backstop.auth.doctor.finding;

import java.util.Locale;

/** A kind of finding; each section has its enum of them. */
public interface Code {
  Section section();

  Severity severity();

  /** Why it matters, in a sentence or two; empty when that goes without saying. */
  String why();

  /** The name of the constant. */
  String name();

  /** Its name for programs, unique within its section; never changes. */
  default String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
