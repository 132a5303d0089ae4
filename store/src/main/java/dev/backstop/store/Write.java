package dev.backstop.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What a caller wants written, hashed already. */
sealed interface Write {
  /** Rows that it adds, as the counters show them: of mail one for each recipient. */
  int rows();

  /** Rows that it touches: what the bounds of the queue and of a commit count. */
  default int work() {
    return rows();
  }

  void apply(Session session, Instant now) throws SQLException;

  /**
   * One message.
   *
   * @param writers whom answers can go to
   * @param everybody what stands for all recipients
   * @param at seconds since 1970
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one writer, never compared
  record Sent(
      byte[] message,
      long[] recipients,
      long sender,
      long[] writers,
      long everybody,
      long domain,
      long at,
      boolean tagged)
      implements Write {
    @Override
    public int rows() {
      return recipients.length;
    }

    @Override
    public int work() {
      return recipients.length + writers.length * (recipients.length + 1);
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      JournalTable.insert(session, message, recipients, sender, at);
      CorrespondenceTable.insert(session, writers, recipients, everybody, at);
      StateTable.begin(session, domain, now);
      if (!tagged) {
        JournalTable.untagged(session, sender, at);
      }
    }
  }

  /**
   * One message that came.
   *
   * @param at seconds since 1970
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Arrived(byte[] message, long sender, long author, SenderProof proof, long at)
      implements Write {
    @Override
    public int rows() {
      return 1;
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      ArrivalTable.insert(session, message, sender, author, proof, at);
    }
  }

  /**
   * One answer that used one proof.
   *
   * @param at seconds since 1970
   */
  record Used(long proof, long answer, long at) implements Write {
    @Override
    public int rows() {
      return 1;
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      ProofUseTable.insert(session, proof, answer, at);
    }
  }

  /**
   * A domain enforces.
   *
   * @param at seconds since 1970
   */
  record Enforced(String domain, long at) implements Write {
    @Override
    public int rows() {
      return 0;
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      EnforcementTable.begin(session, domain, at);
    }
  }

  /** A domain enforces no more. */
  record Observed(String domain) implements Write {
    @Override
    public int rows() {
      return 0;
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      EnforcementTable.end(session, domain);
    }
  }

  /** The domains whose journal is complete from now on, and no others. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Begin(long[] domains) implements Write {
    @Override
    public int rows() {
      return 0;
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      StateTable.retain(session, domains);
      for (long domain : domains) {
        StateTable.begin(session, domain, now);
      }
    }
  }

  /** What some reporting hosts have sent, and hosts that are forgotten. */
  record Reported(List<ReporterCount> counts, List<String> gone) implements Write {
    @Override
    public int rows() {
      return counts.size();
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      for (String host : gone) {
        ReporterTable.remove(session, host);
      }
      for (ReporterCount count : counts) {
        ReporterTable.put(session, count);
      }
    }
  }

  /** All reporting hosts are forgotten. */
  record NoReporters() implements Write {
    @Override
    public int rows() {
      return 0;
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      ReporterTable.clear(session);
    }
  }

  /** How an attack stands. */
  record Attack(EpisodeRow episode) implements Write {
    @Override
    public int rows() {
      return 1;
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      EpisodeTable.save(session, episode);
    }
  }

  /** What is usual, all of it. */
  record Habits(List<UsualRow> usual) implements Write {
    @Override
    public int rows() {
      return usual.size();
    }

    @Override
    public void apply(Session session, Instant now) throws SQLException {
      EpisodeTable.saveUsual(session, usual);
    }
  }
}
