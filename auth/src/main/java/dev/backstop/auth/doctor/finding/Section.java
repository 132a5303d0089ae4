package dev.backstop.auth.doctor.finding;

/** What is looked at, in the order of a report. */
public enum Section {
  MX("mx"),
  SPF("spf"),
  DKIM("dkim"),
  DMARC("dmarc"),
  /** Reverse names of the hosts that send and take mail. */
  HOSTS("hosts"),
  BLOCKLISTS("blocklists");

  private final String text;

  Section(String text) {
    this.text = text;
  }

  /** Its name for programs; never changes. */
  public String text() {
    return text;
  }
}
