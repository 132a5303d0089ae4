package dev.backstop.server.readiness;

import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.dmarc.DmarcResult;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.config.Network;
import dev.backstop.server.senders.SenderFindings;
import dev.backstop.store.Stream;
import dev.backstop.store.Streams;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes where mail in our name comes from, as it passes. Counts are gathered in memory and written
 * by {@link #write}, which is to be called every few seconds: what is lost in between is a little
 * learning. Safe for all threads, and bounded.
 */
public final class Learning {
  private static final int MOST = 10_000;

  private final Streams streams;
  private final InstantSource clock;
  private final Map<Key, Seen> seen = new HashMap<>();

  public Learning(Streams streams, InstantSource clock) {
    this.streams = streams;
    this.clock = clock;
  }

  private record Key(String domain, Kind kind, String source) {}

  private record Seen(long messages, String example, Instant at) {}

  /**
   * A message of ours is on its way.
   *
   * @param sender plain
   */
  public void sent(Transaction transaction, Mailbox sender, boolean tagged, String note) {
    see(
        sender.domain(),
        tagged ? Kind.THROUGH_US : Kind.WITHOUT_TAG,
        tagged ? client(transaction) : note,
        sender + " to " + transaction.recipients().getFirst());
  }

  /** A stranger's message came that is no answer, and its sender was checked. */
  public void came(Transaction transaction, SenderFindings findings, BackstopConfig config) {
    if (!(findings.author() instanceof AuthorDomain.One author)
        || findings.dmarc().filter(found -> found.result() == DmarcResult.PASS).isEmpty()) {
      return;
    }
    Optional<DomainConfig> ours = config.domain(author.domain().text());
    ours.ifPresent(domain ->
        see(
            domain.name(),
            Kind.FROM_OUTSIDE,
            client(transaction),
            "envelope sender " + transaction.reversePath()));
  }

  /**
   * An answer was judged.
   *
   * @param writer the address of ours that is answered, plain
   */
  public void answered(
      Transaction transaction, Mailbox writer, AutomaticMail reading, Decision decision) {
    boolean untagged = found(decision, Proof.BATV).finding() != Finding.PROVEN;
    if (decision.verdict() == Verdict.GENUINE && untagged && isNull(transaction)) {
      see(writer.domain(), Kind.GENUINE_WITHOUT_TAG, source(reading), example(writer, decision));
    } else if (decision.enforced() == Verdict.BACKSCATTER
        && found(decision, Proof.PATH).finding() == Finding.PROVEN) {
      see(writer.domain(), Kind.REFUSED_THOUGH_LIKELY, source(reading), example(writer, decision));
    }
  }

  private static boolean isNull(Transaction transaction) {
    return !(transaction.reversePath() instanceof Mailbox);
  }

  private static Evidence found(Decision decision, Proof proof) {
    return decision.evidence().stream()
        .filter(piece -> piece.proof() == proof)
        .findFirst()
        .orElseGet(() -> Evidence.none(proof, ""));
  }

  private static String example(Mailbox writer, Decision decision) {
    return writer + ": " + decision.explanation();
  }

  private static String client(Transaction transaction) {
    InetAddress client = transaction.peer().address();
    if (client == null) {
      return "this machine";
    }
    return client.isLoopbackAddress() ? "this machine" : network(client);
  }

  /** The host that handed the answered message over: it stands where our own server should. */
  private static String source(AutomaticMail reading) {
    ReturnedMessage.Source source = reading.returned().source();
    @Nullable String address = source == null ? null : source.address();
    try {
      return address == null ? "unknown" : network(IpLiteral.parse(address));
    } catch (IllegalArgumentException e) {
      return "unknown";
    }
  }

  /** Big senders have many hosts; their networks are few. */
  private static String network(InetAddress address) {
    return Network.around(address, address instanceof Inet4Address ? 24 : 48).toString();
  }

  private void see(String domain, Kind kind, String source, String example) {
    var key = new Key(domain, kind, source);
    Instant now = clock.instant();
    synchronized (seen) {
      if (seen.size() < MOST || seen.containsKey(key)) {
        seen.merge(
            key,
            new Seen(1, example, now),
            (before, next) -> new Seen(before.messages() + 1, next.example(), next.at()));
      }
    }
  }

  /** Hands over what has been seen since the last time. */
  public void write() {
    Map<Key, Seen> taken;
    synchronized (seen) {
      taken = Map.copyOf(seen);
      seen.clear();
    }
    taken.forEach((key, what) ->
        streams.seen(
            new Stream.Sighting(
                key.domain(),
                key.kind().toString(),
                key.source(),
                what.example(),
                what.messages(),
                what.at())));
  }
}
