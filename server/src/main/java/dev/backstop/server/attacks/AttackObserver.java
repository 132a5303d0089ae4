package dev.backstop.server.attacks;

import dev.backstop.mail.address.Mailbox;
import java.time.Instant;

/** Who is told of automatic mail. Called on the path of a message: never blocks, never throws. */
public interface AttackObserver {
  /** Takes no notice. */
  AttackObserver NONE =
      new AttackObserver() {
        @Override
        public void observe(Sighting sighting) {
          // nobody wants to know
        }

        @Override
        public void genuine(Instant at, Mailbox recipient) {
          // nobody wants to know
        }
      };

  /** Automatic mail that was not proved to answer mail of ours. */
  void observe(Sighting sighting);

  /** Automatic mail that was: where such mail comes in, unproven mail is expected beside it. */
  void genuine(Instant at, Mailbox recipient);
}
