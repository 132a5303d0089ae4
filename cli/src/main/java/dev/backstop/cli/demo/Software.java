package dev.backstop.cli.demo;

import java.util.Locale;

/** Mail servers that differ in how they answer; the templates are named after them. */
enum Software {
  /** RFC 3464 reports; vacation by Sieve with the null sender. */
  POSTFIX(true, true),
  /** RFC 3464 reports with X-Failed-Recipients; autoreply with the null sender. */
  EXIM(true, true),
  /** QSBMF, plain text; replies by formail, which have their user's own sender. */
  QMAIL(false, false),
  /** A delivery report inside multipart/mixed; replies with their user's own sender. */
  OPENSMTPD(true, false),
  /** RFC 3464 reports; out-of-office notes with the null sender. */
  SENDMAIL(true, true);

  final boolean warnsOfDelay;
  final boolean repliesWithNullSender;

  Software(boolean warnsOfDelay, boolean repliesWithNullSender) {
    this.warnsOfDelay = warnsOfDelay;
    this.repliesWithNullSender = repliesWithNullSender;
  }

  /** Beginning of the names of its templates. */
  String template() {
    return name().toLowerCase(Locale.ROOT);
  }
}
