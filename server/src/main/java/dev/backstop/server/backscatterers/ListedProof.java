package dev.backstop.server.backscatterers;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.proof.Strength;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Transaction;
import java.net.InetAddress;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What it says of a message that the reporting host is known for backscatter: a doubt. Big
 * providers get listed too, so this is never a reason on its own. Safe for all threads.
 */
public final class ListedProof {
  private final Function<InetAddress, Optional<Listing>> own;
  private final DnsLists lists;

  /**
   * @param own our own list, such as {@link Backscatterers#listed}
   * @param lists asked where our own list knows nothing
   */
  public ListedProof(Function<InetAddress, Optional<Listing>> own, DnsLists lists) {
    this.own = own;
    this.lists = lists;
  }

  /** The finding for an automatic message; others must not be asked about. */
  public Evidence of(Transaction transaction) {
    boolean stranger =
        transaction.peer().authenticated() == null && !transaction.peer().submittedLocally();
    return of(stranger ? transaction.peer().address() : null, transaction.reversePath());
  }

  /**
   * The same without a transaction.
   *
   * @param peer {@code null} when it is not known, or one of ours
   */
  public Evidence of(@Nullable InetAddress peer, ReversePath reversePath) {
    if (peer == null) {
      return Evidence.none(Proof.LISTED, "no foreign host reported it");
    }
    return own.apply(peer)
        .map(ListedProof::known)
        .orElseGet(() -> of(lists.ask(peer, reversePath)));
  }

  private static Evidence known(Listing listing) {
    boolean host = listing.block().kind().isHost();
    return Evidence.doubt(
        Proof.LISTED,
        "%s is known to us for answering forged mail: of what it sent lately and could be judged, %d %% was false"
            .formatted(
                host ? "the reporting host" : "the network of the reporting host",
                listing.percent()));
  }

  private static Evidence of(SequencedMap<String, DnsResult> results) {
    Optional<String> failed = Optional.empty();
    for (var each : results.entrySet()) {
      switch (each.getValue()) {
        case LISTED -> {
          return Evidence.doubt(
              Proof.LISTED,
              "the reporting host is on a list of backscatterers (" + each.getKey() + ")");
        }
        case REFUSED, NONSENSE, UNANSWERED ->
            failed = failed.or(() -> Optional.of(each.getKey() + ": " + each.getValue()));
        case NOT_LISTED, IGNORED -> {}
      }
    }
    return failed
        .map(reason ->
            Evidence.error(
                Proof.LISTED,
                Strength.SLIGHT,
                "whether the reporting host is listed could not be found out (" + reason + ")"))
        .orElseGet(
            () -> Evidence.none(Proof.LISTED, "the reporting host is not known for backscatter"));
  }
}
