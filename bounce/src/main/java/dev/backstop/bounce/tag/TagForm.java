package dev.backstop.bounce.tag;

import java.util.Locale;

/** How a tag stands in the local part. */
public enum TagForm {
  /** {@code prvs=KDDDSSSSSS=user@domain}, the form of the draft. */
  PRVS,
  /** {@code user+prvs=KDDDSSSSSS@domain}, for servers behind us that only know sub-addresses. */
  SUB_ADDRESS;

  /** As written in the configuration: lower case with a hyphen. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
