package dev.backstop.server.config;

/** How the tag is written into the envelope sender. */
public enum TagForm {
  /** {@code prvs=KDDDSSSSSS=local@domain}, as in draft-levine-smtp-batv-01. */
  PRVS,
  /** {@code local+prvs=KDDDSSSSSS@domain}, for servers behind us that only know sub-addresses. */
  SUB_ADDRESS;

  /** As written in the file. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
