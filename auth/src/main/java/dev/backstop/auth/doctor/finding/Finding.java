package dev.backstop.auth.doctor.finding;

import java.util.List;

/**
 * Something that was seen. Immutable.
 *
 * @param text one plain sentence; what strangers wrote stands in it printable and cut short
 * @param remedies what to change in DNS, all of it; often empty
 */
public record Finding(Code code, String text, List<Remedy> remedies) {
  public Finding {
    remedies = List.copyOf(remedies);
  }

  /** One with these remedies, or with none. */
  public static Finding of(Code code, String text, Remedy... remedies) {
    return new Finding(code, text, List.of(remedies));
  }
}
