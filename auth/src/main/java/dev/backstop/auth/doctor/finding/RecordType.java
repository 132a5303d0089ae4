package dev.backstop.auth.doctor.finding;

/** Types of records that are advised. */
public enum RecordType {
  A,
  AAAA,
  MX,
  PTR,
  TXT
}
