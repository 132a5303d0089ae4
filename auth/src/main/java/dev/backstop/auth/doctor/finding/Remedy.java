package dev.backstop.auth.doctor.finding;

import dev.backstop.dns.DnsName;

/** A change in DNS. */
public record Remedy(Action action, ZoneRecord record) {

  /** What is done with the record. */
  public enum Action {
    /** Add it. */
    PUBLISH("publish"),
    /** Put it in the place of the record of that kind. */
    REPLACE("replace"),
    /** Take it away. */
    REMOVE("remove");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /** Its name for programs; never changes. */
    public String text() {
      return text;
    }
  }

  public static Remedy publish(DnsName name, RecordType type, String value) {
    return new Remedy(Action.PUBLISH, new ZoneRecord(name, type, value));
  }

  public static Remedy replace(DnsName name, RecordType type, String value) {
    return new Remedy(Action.REPLACE, new ZoneRecord(name, type, value));
  }

  public static Remedy remove(DnsName name, RecordType type, String value) {
    return new Remedy(Action.REMOVE, new ZoneRecord(name, type, value));
  }
}
