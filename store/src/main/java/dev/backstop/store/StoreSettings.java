package dev.backstop.store;

import java.time.Duration;

/**
 * How long the store keeps what.
 *
 * @param journalKeep age at which a journal row is forgotten, 1 to 366 days; bounces come up to a
 *     week after the message, auto-replies and challenges later
 * @param arrivalsKeep age at which it is forgotten who sent a message that came, 1 to 366 days
 * @param eventsKeep age at which an event or an attack is forgotten, 1 to 3660 days
 * @param eventsMost number of events kept at most, the newest: a flood of backscatter must not fill
 *     the disk
 * @param downTimeTolerated a shorter pause between two runs leaves {@link Journal#completeSince} as
 *     it was. Set it to zero when the mail server lets mail through while Backstop is down
 */
public record StoreSettings(
    Duration journalKeep,
    Duration arrivalsKeep,
    Duration eventsKeep,
    long eventsMost,
    Duration downTimeTolerated) {
  public static final StoreSettings DEFAULTS =
      new StoreSettings(
          Duration.ofDays(30),
          Duration.ofDays(7),
          Duration.ofDays(30),
          1_000_000,
          Duration.ofMinutes(2));

  /**
   * @throws IllegalArgumentException for a value outside its range
   */
  public StoreSettings {
    within("journalKeep", journalKeep, Duration.ofDays(1), Duration.ofDays(366));
    within("arrivalsKeep", arrivalsKeep, Duration.ofDays(1), Duration.ofDays(366));
    within("eventsKeep", eventsKeep, Duration.ofDays(1), Duration.ofDays(3660));
    within("downTimeTolerated", downTimeTolerated, Duration.ZERO, Duration.ofDays(1));
    if (eventsMost < 1) {
      throw new IllegalArgumentException("eventsMost must be at least 1");
    }
  }

  private static void within(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", not " + value);
    }
  }
}
