package dev.backstop.server;

/** Automatic mail as strangers' servers make it. */
public final class Answers {
  private Answers() {}

  /** A failure that brings the header of the message back. */
  public static String bounce(String messageId, String failed) {
    return """
    From: MAILER-DAEMON@mx.example.net
    To: anna@ours.test
    Message-ID: <NUMBER@mx.example.net>
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: text/plain

    Your message could not be delivered.
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.net

    Final-Recipient: rfc822; FAILED
    Action: failed
    Status: 5.1.1
    --b
    Content-Type: text/rfc822-headers

    From: anna@ours.test
    To: FAILED
    Message-ID: MESSAGE-ID
    --b--
    """
        .replace("FAILED", failed)
        .replace("MESSAGE-ID", messageId);
  }

  /** The same, one of many. */
  public static String bounce(String messageId, String failed, int number) {
    return bounce(messageId, failed).replace("NUMBER", "" + number);
  }

  /** A failure that brings nothing back. */
  public static String bareBounce(String failed) {
    String whole = bounce("", failed);
    return whole.substring(0, whole.indexOf("--b\nContent-Type: text/rfc822-headers")) + "--b--\n";
  }
}
