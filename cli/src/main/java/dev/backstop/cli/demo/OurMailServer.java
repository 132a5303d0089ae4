package dev.backstop.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A miniature of Postfix with one milter: tells it each transaction, refuses what it refuses,
 * applies the changes that it asks for. Every client gets a connection to the milter of its own. A
 * milter that breaks off ends the demo. For one thread.
 */
final class OurMailServer implements AutoCloseable {
  static final String DOMAIN = "ours.example";

  static final List<String> USERS =
      List.of("anna", "ben", "carla", "dmitri", "emre", "farah", "hana", "postmaster");

  /** As long as Postfix waits for a milter's word (milter_command_timeout). */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supplier<SocketAddress> milter;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo-patience").factory());
  private int messages;

  /**
   * A mail server.
   *
   * @param milter asked for each connection anew
   */
  OurMailServer(Supplier<SocketAddress> milter) {
    this.milter = milter;
  }

  static String address(String user) {
    return user + "@" + DOMAIN;
  }

  /** Whether that address has a mailbox here. */
  static boolean hasMailbox(String address) {
    return address.endsWith("@" + DOMAIN) && USERS.contains(Mail.localPart(address));
  }

  /**
   * One SMTP session with one mail.
   *
   * @throws UncheckedIOException when the milter breaks off or says nothing for half a minute
   */
  Outcome receive(Mail mail) {
    try (var talk = new MilterTalk(milter.get())) {
      Future<?> tooLong =
          timer.schedule(talk::breakOff, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return transaction(talk, mail);
      } finally {
        tooLong.cancel(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the milter failed in the middle of a mail", e);
    }
  }

  private Outcome transaction(MilterTalk talk, Mail mail) throws IOException {
    String refusal = talk.connect(mail.client());
    if (refusal == null) {
      refusal = talk.mail(mail);
    }
    for (String recipient : mail.recipients()) {
      if (refusal == null) {
        refusal = talk.recipient(recipient);
      }
    }
    if (refusal != null) {
      return new Outcome.Refused(false, refusal);
    }
    String queueId = String.format(Locale.ROOT, "%010X", 0x4D0000 + ++messages);
    var edited = new EditedMail(mail);
    refusal = talk.data(queueId);
    if (refusal == null) {
      refusal = talk.content(mail.letter());
    }
    if (refusal == null) {
      refusal = talk.end(queueId, edited);
    }
    return refusal == null
        ? new Outcome.Accepted(edited.mail())
        : new Outcome.Refused(true, refusal);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
