package dev.backstop.edge.milter;

import dev.backstop.edge.Connection;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the filter, with a bound on time, notes of progress meanwhile, and without being harmed by
 * what it throws.
 */
final class FilterCall {
  private final MilterServer server;
  private final Connection connection;
  private final Progress progress;

  FilterCall(MilterServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
    this.progress = new Progress(connection, server.counters(), server.limits().times().progress());
  }

  /** See {@link Progress#tick}. */
  void tick(long now) {
    progress.tick(now);
  }

  /**
   * Asks.
   *
   * @param mayTellProgress whether the mail server understands "still working" at this point
   * @return the answer; {@code null} when the filter threw, which is a bug of ours and no verdict
   */
  <T> @Nullable T ask(boolean mayTellProgress, @Nullable String queueId, Supplier<T> question) {
    connection.expectWithin(server.limits().times().decision());
    if (mayTellProgress) {
      progress.begin();
    }
    try {
      return Objects.requireNonNull(question.get());
    } catch (RuntimeException | Error e) {
      server.counters().failures.increment();
      server.log().error("filter failed, told 451", "queue id " + queueId, e);
      return null;
    } finally {
      progress.end();
    }
  }
}
