package dev.backstop.cli.check;

/** Messages for the tests. */
public final class Mails {
  /** Ordinary. */
  public static final String LETTER = "From: bob@example.net\nSubject: Lunch\n\nTomorrow?\n";

  /** The line before each message of an mbox. */
  public static final String MBOX_LINE = "From a@x Mon Sep 20 19:29:27 2021\n";

  /** A bounce in the standard's form with one recipient. */
  public static final String BOUNCE =
      """
      From: MAILER-DAEMON@mx.example.net
      To: alice@example.org
      Subject: Undelivered Mail Returned to Sender
      Content-Type: multipart/report; report-type=delivery-status; boundary=x

      --x
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: rfc822; jürgen@example.net
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 user unknown \u001b[31m

      --x
      Content-Type: text/rfc822-headers

      Received: from pc.example.org (pc [192.0.2.25]) by mx.example.net
      Message-ID: <1@example.org>
      To: jurgen@example.net
      Subject: Hello

      --x--
      """;

  private Mails() {}

  /** The same of a delay. */
  public static String delay() {
    return BOUNCE
        .replace("Action: failed", "Action: delayed")
        .replace("5.1.1", "4.4.1")
        .replace("550", "450")
        .replace("user unknown", "connection timed out");
  }

  /** A bounce of so many recipients. */
  public static String bounce(int recipients) {
    var blocks = new StringBuilder();
    for (int i = 1; i <= recipients; i++) {
      blocks
          .append("Final-Recipient: rfc822; user")
          .append(i)
          .append("@example.net\nAction: failed\nStatus: 5.2.2\n\n");
    }
    int start = BOUNCE.indexOf("Final-Recipient");
    int end = BOUNCE.indexOf("--x\nContent-Type: text/rfc822-headers");
    return BOUNCE.substring(0, start) + blocks + BOUNCE.substring(end);
  }
}
