package dev.backstop.server.readiness;

import dev.backstop.server.config.BackstopConfig;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches domains of mode {@code auto}: to enforcing when that has been safe for as long as tags
 * count, and back when mail of the domain is seen to leave past us. What it decides is kept in the
 * store. For one thread at a time.
 *
 * <p>Only mail that SPF or DKIM proves to be the domain's switches back: whoever got one mail from
 * us can make genuine answers without tags, and must not switch our defence off with them.
 */
public final class AutoEnforcement {
  private static final Logger LOG = LoggerFactory.getLogger(AutoEnforcement.class);

  private final Store store;
  private final InstantSource clock;

  public AutoEnforcement(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The domains that enforce by themselves now, after a look at each.
   *
   * @return empty when the store cannot tell: then what held before goes on
   */
  public Optional<Set<String>> look(BackstopConfig config) {
    Set<String> automatic =
        config.domains().keySet().stream()
            .filter(config::switchesByItself)
            .collect(Collectors.toSet());
    try {
      Set<String> enforcing = new HashSet<>(store.enforcement().all().keySet());
      for (String domain : Set.copyOf(enforcing)) {
        if (!automatic.contains(domain)) { // the owner has decided otherwise
          store.enforcement().end(domain);
          enforcing.remove(domain);
        }
      }
      for (String domain : automatic) {
        look(domain, enforcing);
      }
      return Optional.of(enforcing);
    } catch (StoreException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("auto-enforcement-cannot-tell");
      return Optional.empty();
    }
  }

  private void look(String domain, Set<String> enforcing) throws StoreException {
    Readiness readiness = Readiness.of(store, domain, clock.instant());
    if (!enforcing.contains(domain) && readiness.isSafe()) {
      store.enforcement().begin(domain, clock.instant());
      enforcing.add(domain);
      LOG.atWarn()
          .addKeyValue("domain", domain)
          .addKeyValue("covered-since", readiness.covered())
          .addKeyValue("would-have-refused", readiness.wouldRefuse())
          .log("enforcing-began");
    } else if (enforcing.contains(domain)) {
      Optional<Obstacle> past =
          readiness.obstacles().stream()
              .filter(obstacle -> obstacle.code().equals(Kind.FROM_OUTSIDE.toString()))
              .findFirst();
      if (past.isPresent()) {
        store.enforcement().end(domain);
        enforcing.remove(domain);
        LOG.atWarn()
            .addKeyValue("domain", domain)
            .addKeyValue("reason", past.get().text())
            .log("enforcing-ended");
      }
    }
  }
}
