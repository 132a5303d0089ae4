package dev.backstop.it;

/** Messages, with LF at the end of lines. */
public final class Texts {
  private Texts() {}

  public static String plain(String user, String recipient, String subject, String messageId) {
    return """
    From: %s@ours.test
    To: %s
    Subject: %s
    Message-ID: %s

    Hello.
    """
        .formatted(user, recipient, subject, messageId);
  }

  /** A bounce as the foreign server makes it. */
  public static String bounce(String recipient, String subject, String messageId) {
    return """
    From: Mail Delivery System <MAILER-DAEMON@foreign.test>
    To: %s
    Subject: %s
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary="b"

    --b

    Your message could not be delivered.

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.foreign.test

    Final-Recipient: rfc822; nobody@foreign.test
    Action: failed
    Status: 5.1.1

    --b
    Content-Type: text/rfc822-headers

    From: %s
    To: nobody@foreign.test
    Subject: forged
    Message-ID: %s

    --b--
    """
        .formatted(recipient, subject, recipient, messageId);
  }

  /** An absence note of {@code friend@foreign.test}. */
  public static String autoReply(String recipient, String subject, String answered) {
    return """
    From: friend@foreign.test
    To: %s
    Subject: %s
    Message-ID: <reply.%s
    Auto-Submitted: auto-replied
    In-Reply-To: %s
    References: %s

    I am away.
    """
        .formatted(recipient, subject, answered.substring(1), answered, answered);
  }
}
