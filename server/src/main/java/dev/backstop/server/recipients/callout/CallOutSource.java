package dev.backstop.server.recipients.callout;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.recipients.callout.Prober.Said;
import dev.backstop.server.recipients.callout.Prober.Talk;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a mail server whether it would take mail for an address. A server that also takes an address
 * made up on the spot takes everybody: then its yes says nothing. That is tried once an hour for
 * each domain, beside a question whose answer was yes.
 */
public final class CallOutSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(CallOutSource.class);
  private static final long BELIEVED = Duration.ofHours(1).toNanos();

  private final String name;
  private final String server;
  private final Prober prober;
  private final LongSupplier nanoTime;
  private final SecureRandom random = new SecureRandom();

  /** By domain; only domains of ours are asked for, so they are few. */
  private final ConcurrentHashMap<String, Habit> habits = new ConcurrentHashMap<>();

  private record Habit(boolean takesAll, long since) {}

  /**
   * Asks when it is asked.
   *
   * @param name for people and metrics: {@code call-out}, or another word
   * @param server for people
   */
  public CallOutSource(String name, String server, Prober prober, LongSupplier nanoTime) {
    this.name = name;
    this.server = server;
    this.prober = prober;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String place() {
    return server;
  }

  @Override
  public Finding ask(Wanted wanted, Duration most) {
    try (Talk talk = prober.begin(most)) {
      if (!isAscii(wanted) && !talk.takesUtf8()) {
        return new Finding.Silent(server + " cannot be asked for addresses beyond ASCII");
      }
      Said said = talk.recipient(wanted.mailbox());
      return switch (Reading.of(said)) {
        case EXISTS -> accepted(wanted, said, talk);
        case UNKNOWN -> new Finding.Unknown(server + " said " + said);
        case NOTHING -> new Finding.Failed(server + " told nothing of the mailbox: " + said);
      };
    } catch (IOException e) {
      return new Finding.Failed(server + " does not answer: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    prober.close();
  }

  private Finding accepted(Wanted wanted, Said said, Talk talk) {
    return takesAll(wanted, talk)
        ? new Finding.Silent(
            server
                + " takes every address of "
                + wanted.domain()
                + ", also one made up just now: its yes proves nothing")
        : new Finding.Known(server + " said " + said);
  }

  private boolean takesAll(Wanted wanted, Talk talk) {
    Habit before = habits.get(wanted.domain());
    if (before != null && nanoTime.getAsLong() - before.since() < BELIEVED) {
      return before.takesAll();
    }
    Reading made = Reading.NOTHING;
    try {
      made = Reading.of(talk.recipient(madeUp(wanted.mailbox())));
    } catch (IOException e) {
      LOG.debug("{}: no answer about an address made up: {}", server, e.getMessage());
    }
    if (made == Reading.NOTHING) {
      return before != null && before.takesAll(); // some let us ask for one address only
    }
    boolean takesAll = made == Reading.EXISTS;
    habits.put(wanted.domain(), new Habit(takesAll, nanoTime.getAsLong()));
    if (takesAll && (before == null || !before.takesAll())) {
      warn(wanted.domain());
    }
    return takesAll;
  }

  private void warn(String domain) {
    LOG.atWarn()
        .addKeyValue("server", server)
        .addKeyValue("domain", domain)
        .addKeyValue("consequence", "its yes is no proof that an address exists")
        .log("recipients-all-taken");
  }

  private Mailbox madeUp(Mailbox like) {
    byte[] octets = new byte[8];
    random.nextBytes(octets);
    return like.withLocalPart("no-such-user-" + HexFormat.of().formatHex(octets));
  }

  private static boolean isAscii(Wanted wanted) {
    return wanted.mailbox().toString().chars().allMatch(c -> c < 0x80);
  }
}
