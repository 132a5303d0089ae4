package dev.backstop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Messages of 3 to 8 kB as they arrive today, always the same ones: with the trace and signature
 * fields of a delivered message, in the shapes that mail servers and programs give them. No text is
 * anybody's.
 */
public final class GeneratedMail {
  private static final String[] WORDS =
      """
      the a of to and in for on with at by from about after before between under we you they she he it this that these \
      meeting report message delivery mail server address list order invoice budget project week month Monday Friday \
      morning question answer office house garden train station ticket price number page letter photo recipe water \
      is was will be has have had can could should must send sent receive received return returned write wrote read \
      please thanks kind regards sorry not never always maybe already again still soon later here there today tomorrow \
      new old long short open closed green blue large small early late possible user account failed delayed available \
      """
          .split(" ");

  /** Messages of one kind that differ. */
  private static final int DIFFERENT = 40;

  private final Random random;

  private GeneratedMail(int seed) {
    random = new Random(seed);
  }

  /** Bounces of five kinds of server. */
  public static List<byte[]> bounces() {
    var messages = new ArrayList<byte[]>();
    for (int i = 0; i < DIFFERENT; i++) {
      messages.add(octets(new GeneratedMail(i).bounce(i % 5)));
    }
    return messages;
  }

  /** Answers, newsletters, list mail and orders. */
  static List<byte[]> ordinary() {
    var messages = new ArrayList<byte[]>();
    for (int i = 0; i < DIFFERENT; i++) {
      messages.add(octets(new GeneratedMail(1000 + i).ordinary(i % 4)));
    }
    return messages;
  }

  /** Writes so many files to {@code DIR/bounces} and {@code DIR/ordinary}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int each = Integer.parseInt(arguments[1]);
    write(folder.resolve("bounces"), bounces(), each);
    write(folder.resolve("ordinary"), ordinary(), each);
  }

  private static void write(Path folder, List<byte[]> messages, int number) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < number; i++) {
      Files.write(folder.resolve(i + ".eml"), messages.get(i % messages.size()));
    }
  }

  private static byte[] octets(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  // ---- bounces ---------------------------------------------------------------------------------

  private String bounce(int kind) {
    String user = "user" + random.nextInt(1000);
    int size = 3000 + random.nextInt(3000);
    return switch (kind) {
      case 0 -> postfix(user, size);
      case 1 -> exchange(user, size);
      case 2 -> exim(user, size);
      case 3 -> qmail(user, size);
      default -> large(user, size);
    };
  }

  private String postfix(String user, int size) {
    String head =
        trace()
            + """
            Date: Sun,  1 Mar 2026 12:00:05 +0000 (UTC)
            From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
            Subject: Undelivered Mail Returned to Sender
            To: anna@example.com
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
            \tboundary="4XyZ0123.1772366405/mx.example.net"
            Content-Transfer-Encoding: 8bit
            Message-Id: <20260301120005.4XyZ0124@mx.example.net>

            This is a MIME-encapsulated message.

            --4XyZ0123.1772366405/mx.example.net
            Content-Description: Notification
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            This is the mail system at host mx.example.net.

            I'm sorry to have to inform you that your message could not
            be delivered to one or more recipients. It's attached below.

            <%1$s@example.net>: host store.example.net[192.0.2.25] said: 550 5.1.1
                <%1$s@example.net>: Recipient address rejected: User unknown in virtual
                mailbox table (in reply to RCPT TO command)

            --4XyZ0123.1772366405/mx.example.net
            Content-Description: Delivery report
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net
            X-Postfix-Queue-ID: 4XyZ0123
            X-Postfix-Sender: rfc822; anna@example.com
            Arrival-Date: Sun,  1 Mar 2026 12:00:00 +0000 (UTC)

            Final-Recipient: rfc822; %1$s@example.net
            Original-Recipient: rfc822;%1$s@example.net
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; store.example.net
            Diagnostic-Code: smtp; 550 5.1.1 <%1$s@example.net>: Recipient address
                rejected: User unknown in virtual mailbox table

            --4XyZ0123.1772366405/mx.example.net
            Content-Description: Undelivered Message
            Content-Type: message/rfc822
            Content-Transfer-Encoding: 8bit

            """
                .formatted(user)
            + returned(user);
    return head + text(size - head.length()) + "\n--4XyZ0123.1772366405/mx.example.net--\n";
  }

  private String exchange(String user, int size) {
    String words =
        "Your message to %s@example.org couldn't be delivered.\n\n%s wasn't found at example.org.\n\n"
                .formatted(user, user)
            + text(size / 5);
    return trace()
        + """
        From: <postmaster@example.onmicrosoft.com>
        To: <anna@example.com>
        Date: Sun, 1 Mar 2026 12:00:05 +0000
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="e1b5bd3e-8a0b-4d2c-9b1f-2d4c6a7e8f90"
        X-MS-Exchange-Message-Is-Ndr:
        Content-Language: en-US
        Message-ID: <d2f0b4e6@AM0PR01MB1234.eurprd01.prod.exchangelabs.com>
        In-Reply-To: <1.minutes@example.com>
        References: <1.minutes@example.com>
        Subject: Undeliverable: Minutes of the meeting
        Auto-Submitted: auto-replied
        X-Auto-Response-Suppress: All

        --e1b5bd3e-8a0b-4d2c-9b1f-2d4c6a7e8f90
        Content-Type: multipart/alternative; differences=Content-Type;
        \tboundary="0f6a7c1d-1b8e-4d3a-8e7a-5c9b2f1e3d40"

        --0f6a7c1d-1b8e-4d3a-8e7a-5c9b2f1e3d40
        Content-Type: text/plain; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        %2$s
        --0f6a7c1d-1b8e-4d3a-8e7a-5c9b2f1e3d40
        Content-Type: text/html; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        %3$s
        --0f6a7c1d-1b8e-4d3a-8e7a-5c9b2f1e3d40--

        --e1b5bd3e-8a0b-4d2c-9b1f-2d4c6a7e8f90
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.com
        Received-From-MTA: dns;mx.example.com
        Arrival-Date: Sun, 1 Mar 2026 12:00:01 +0000

        Final-Recipient: rfc822;%1$s@example.org
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient %1$s@example.org not found by SMTP address lookup

        --e1b5bd3e-8a0b-4d2c-9b1f-2d4c6a7e8f90
        Content-Type: message/rfc822

        """
            .formatted(user, words, html(words))
        + returned(user)
        + "\n--e1b5bd3e-8a0b-4d2c-9b1f-2d4c6a7e8f90--\n";
  }

  private String exim(String user, int size) {
    String head =
        trace()
            + """
            X-Failed-Recipients: %1$s@example.net
            Auto-Submitted: auto-replied
            From: Mail Delivery System <Mailer-Daemon@mx.example.net>
            To: anna@example.com
            Subject: Mail delivery failed: returning message to sender
            Message-Id: <E1tABC-000123-4d@mx.example.net>
            Date: Sun, 01 Mar 2026 12:00:05 +0000

            This message was created automatically by mail delivery software.

            A message that you sent could not be delivered to one or more of its
            recipients. This is a permanent error. The following address(es) failed:

              %1$s@example.net
                host store.example.net [192.0.2.25]
                SMTP error from remote mail server after RCPT TO:<%1$s@example.net>:
                550 5.2.2 <%1$s@example.net>: mailbox full

            ------ This is a copy of the message, including all the headers. ------

            """
                .formatted(user)
            + returned(user);
    return head + text(size - head.length());
  }

  private String qmail(String user, int size) {
    String head =
        trace()
            + """
            Date: 1 Mar 2026 12:00:05 -0000
            From: MAILER-DAEMON@mx.example.net
            To: anna@example.com
            Subject: failure notice

            Hi. This is the qmail-send program at mx.example.net.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <%1$s@example.net>:
            192.0.2.25 does not like recipient.
            Remote host said: 550 5.1.1 <%1$s@example.net>: no such user here
            Giving up on 192.0.2.25.

            --- Below this line is a copy of the message.

            Return-Path: <anna@example.com>
            """
                .formatted(user)
            + returned(user);
    return head + text(size - head.length());
  }

  /** As a large provider writes them: HTML beside the text, a picture, the header alone. */
  private String large(String user, int size) {
    String words =
        "** Address not found **\n\nYour message wasn't delivered to %s@example.net because the address couldn't be found.\n\n"
                .formatted(user)
            + text(size / 6);
    return trace()
        + """
        From: Mail Delivery Subsystem <mailer-daemon@mail.example.org>
        To: anna@example.com
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        References: <1.minutes@example.com>
        In-Reply-To: <1.minutes@example.com>
        X-Failed-Recipients: %1$s@example.net
        Message-ID: <65e1c2a5.050a0220.1a2b3.4c5d.GMR@mail.example.org>
        Date: Sun, 01 Mar 2026 04:00:05 -0800 (PST)
        Content-Type: multipart/report; boundary="000000000000a1b2c3061304f0d7"; report-type=delivery-status

        --000000000000a1b2c3061304f0d7
        Content-Type: multipart/related; boundary="000000000000a1b2d3061304f0d8"

        --000000000000a1b2d3061304f0d8
        Content-Type: multipart/alternative; boundary="000000000000a1b2da061304f0d9"

        --000000000000a1b2da061304f0d9
        Content-Type: text/plain; charset="UTF-8"

        %2$s
        --000000000000a1b2da061304f0d9
        Content-Type: text/html; charset="UTF-8"

        %3$s
        --000000000000a1b2da061304f0d9--
        --000000000000a1b2d3061304f0d8
        Content-Type: image/png; name="icon.png"
        Content-Disposition: attachment; filename="icon.png"
        Content-Transfer-Encoding: base64
        Content-ID: <icon.png>

        %4$s
        --000000000000a1b2d3061304f0d8--
        --000000000000a1b2c3061304f0d7
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.org
        Arrival-Date: Sun, 01 Mar 2026 04:00:05 -0800 (PST)
        X-Original-Message-ID: <1.minutes@example.com>

        Final-Recipient: rfc822; %1$s@example.net
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.example.net. (192.0.2.25, the server for the domain example.net.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
        Last-Attempt-Date: Sun, 01 Mar 2026 04:00:05 -0800 (PST)

        --000000000000a1b2c3061304f0d7
        Content-Type: message/rfc822

        """
            .formatted(user, words, html(words), base64(size / 6))
        + returned(user)
        + "\n--000000000000a1b2c3061304f0d7--\n";
  }

  /** The message that came back, without its text. */
  private String returned(String user) {
    return """
    Received: from client.example.com (client.example.com [192.0.2.10])
    \tby mx.example.com (Postfix) with ESMTPSA id 4XyW
    \tfor <%1$s@example.net>; Sun,  1 Mar 2026 12:00:00 +0000 (UTC)
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=example.com; s=mail;
    \tt=1772366400; bh=%2$s=;
    \th=From:To:Subject:Date:Message-ID;
    \tb=%3$s
    From: Anna Beispiel <anna@example.com>
    To: %1$s@example.net
    Subject: Minutes of the meeting
    Date: Sun, 1 Mar 2026 12:00:00 +0000
    Message-ID: <1.minutes@example.com>
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    """
        .formatted(user, base64(32).strip(), base64(128).strip().replace("\n", "\n\t "));
  }

  // ---- ordinary mail ---------------------------------------------------------------------------

  private String ordinary(int kind) {
    int size = 3000 + random.nextInt(3000);
    return switch (kind) {
      case 0 -> answer(size);
      case 1 -> newsletter(size);
      case 2 -> listMail(size);
      default -> order(size);
    };
  }

  private String answer(int size) {
    String head =
        trace()
            + """
            Message-ID: <0c1d2e3f-4a5b-6c7d-8e9f-a0b1c2d3e4f5@example.net>
            Date: Sun, 1 Mar 2026 14:30:00 +0100
            MIME-Version: 1.0
            User-Agent: Mozilla Thunderbird
            Subject: =?UTF-8?Q?Re=3A_Gr=C3=BC=C3=9Fe_aus_dem_B=C3=BCro?=
            To: Anna Beispiel <anna@example.com>
            Cc: "Carol, of the office" <carol@example.com>, dave@example.org
            References: <1.minutes@example.com> <2.minutes@example.net> <3.minutes@example.com>
            In-Reply-To: <3.minutes@example.com>
            From: Bob Example <bob@example.net>
            Content-Type: text/plain; charset=UTF-8; format=flowed
            Content-Transfer-Encoding: 8bit

            """;
    int rest = Math.max(500, size - head.length());
    String quoted = text(rest / 2).stripTrailing().replace("\n", "\n> ");
    return head + text(rest / 2) + "\nOn 1 March Anna Beispiel wrote:\n> " + quoted + "\n";
  }

  private String newsletter(int size) {
    String head =
        trace()
            + """
            From: "The Garden Shop" <news@shop.example.org>
            To: anna@example.com
            Subject: Spring is here: 20% off all bulbs
            Date: Sun, 1 Mar 2026 08:00:00 +0000
            Message-ID: <news.4711.anna=example.com@shop.example.org>
            List-Unsubscribe: <https://shop.example.org/u/0a1b2c3d>, <mailto:u-0a1b2c3d@shop.example.org>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            List-Id: <news.shop.example.org>
            Precedence: bulk
            Feedback-ID: 4711:news:shop
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="_----------=_MCPart_1234567"

            --_----------=_MCPart_1234567
            Content-Type: text/plain; charset="utf-8"
            Content-Transfer-Encoding: quoted-printable

            """;
    String words = text(Math.max(400, (size - head.length()) / 3));
    return head
        + words
        + "\n--_----------=_MCPart_1234567\nContent-Type: text/html; charset=\"utf-8\"\n"
        + "Content-Transfer-Encoding: quoted-printable\n\n"
        + html(words)
        + "\n--_----------=_MCPart_1234567--\n";
  }

  private String listMail(int size) {
    String head =
        trace()
            + """
            From: Bob Example via users <users@lists.example.org>
            Reply-To: Bob Example <bob@example.net>
            To: users@lists.example.org
            Subject: [users] Delivery of large messages
            Date: Sun, 1 Mar 2026 14:30:00 +0100
            Message-ID: <2.large@example.net>
            In-Reply-To: <1.large@example.org>
            References: <1.large@example.org>
            Precedence: list
            List-Id: Users of the program <users.lists.example.org>
            List-Post: <mailto:users@lists.example.org>
            List-Help: <mailto:users-request@lists.example.org?subject=help>
            Errors-To: users-bounces@lists.example.org
            Sender: "users" <users-bounces@lists.example.org>
            MIME-Version: 1.0
            Content-Type: text/plain; charset="us-ascii"; Format="flowed"

            """;
    return head + text(size - head.length());
  }

  private String order(int size) {
    String head =
        trace()
            + """
            From: Example Books <orders@books.example.org>
            To: Anna Beispiel <anna@example.com>
            Subject: =?utf-8?B?WW91ciBvcmRlciAxMjM0NSBoYXMgYmVlbiBzZW50?=
            Date: Sun, 1 Mar 2026 09:15:00 +0000
            Message-ID: <order.12345@books.example.org>
            MIME-Version: 1.0
            X-Mailer: Books 7.1
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            """;
    byte[] body =
        html(text(Math.max(600, size - head.length()) / 2)).getBytes(StandardCharsets.UTF_8);
    return head + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(body) + "\n";
  }

  // ---- pieces ----------------------------------------------------------------------------------

  /** What the servers on the way put on top. */
  private String trace() {
    return """
    Delivered-To: anna@example.com
    Received: from mx.example.com ([2001:db8::19])
    \tby store.example.com with LMTP id %1$s
    \tfor <anna@example.com>; Sun, 01 Mar 2026 12:00:09 +0000
    Received: from mx.example.net (mx.example.net [192.0.2.26])
    \t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
    \t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)
    \t(No client certificate requested)
    \tby mx.example.com (Postfix) with ESMTPS id 4XyV%2$d
    \tfor <anna@example.com>; Sun,  1 Mar 2026 12:00:08 +0000 (UTC)
    Authentication-Results: mx.example.com;
    \tdkim=pass (2048-bit key; unprotected) header.d=example.net header.i=@example.net header.a=rsa-sha256;
    \tspf=pass (mx.example.com: domain of mx.example.net designates 192.0.2.26 as permitted sender) smtp.helo=mx.example.net;
    \tdmarc=pass (policy=quarantine) header.from=example.net
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=2026;
    \th=from:to:subject:date:message-id:mime-version; bh=%3$s;
    \tb=%4$s
    """
        .formatted(
            base64(18).strip(),
            random.nextInt(100_000),
            base64(32).strip(),
            base64(256).strip().replace("\n", "\n\t "));
  }

  private String text(int length) {
    var text = new StringBuilder();
    int line = 0;
    while (text.length() < length) {
      String word = WORDS[random.nextInt(WORDS.length)];
      text.append(word);
      line += word.length() + 1;
      boolean ends = random.nextInt(12) == 0;
      text.append(ends ? ". " : " ");
      if (line > 66) {
        text.append(random.nextInt(6) == 0 ? "\n\n" : "\n");
        line = 0;
      }
    }
    return text.append('\n').toString();
  }

  private static String html(String text) {
    return "<!DOCTYPE html>\n"
        + "<html><head><title>Message</title><style>p {font: 14px sans-serif; margin: 0 0"
        + " 12px}</style></head>\n"
        + "<body>\n"
        + "<table width=\"600\"><tr><td><p>"
        + text.strip().replace("\n\n", "</p>\n<p style=\"color:#333\">")
        + "</p></td></tr></table>\n</body></html>\n";
  }

  private String base64(int octets) {
    byte[] bytes = new byte[octets];
    random.nextBytes(bytes);
    return Base64.getMimeEncoder(72, new byte[] {'\n'}).encodeToString(bytes) + "\n";
  }
}
