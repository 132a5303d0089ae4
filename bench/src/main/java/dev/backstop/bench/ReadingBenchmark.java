package dev.backstop.bench;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a standard bounce of about 5 kB and an ordinary message of the same size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadingBenchmark {
  private static final String RETURNED =
      """
      Received: from client.example.com (client.example.com [192.0.2.10])
      \tby mx.example.com with ESMTPSA id 4XyZ; Sun, 1 Mar 2026 12:00:00 +0000
      From: Anna <anna@example.com>
      To: Bob <bob@example.net>
      Subject: Minutes of the meeting
      Date: Sun, 1 Mar 2026 12:00:00 +0000
      Message-ID: <1@example.com>

      """;

  private final RawMessage bounce = message(bounce());
  private final RawMessage ordinary = message(RETURNED + text(4_500));

  @Benchmark
  public AutomaticMail bounceOf5kB() {
    return MessageReader.read(bounce);
  }

  @Benchmark
  public AutomaticMail ordinaryOf5kB() {
    return MessageReader.read(ordinary);
  }

  private static RawMessage message(String text) {
    byte[] octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    return MessageSplitter.split(octets, octets.length, false);
  }

  private static String text(int length) {
    return "Nobody wrote anything of note in this line of text.\n".repeat(length / 52);
  }

  private static String bounce() {
    return """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.net
    To: prvs=0123abcdef=anna@example.com
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied
    Content-Type: multipart/report; report-type=delivery-status; boundary="b/mx"

    --b/mx
    Content-Type: text/plain; charset=utf-8

    This is the mail system at host mx.example.net.

    <bob@example.net>: host inner.example.net said: 550 5.1.1 User unknown

    --b/mx
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.net

    Final-Recipient: rfc822; bob@example.net
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 User unknown

    --b/mx
    Content-Type: message/rfc822

    """
        + RETURNED
        + text(3_600)
        + "\n--b/mx--\n";
  }
}
