package dev.backstop.server.answers;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.mail.address.Mailbox;
import java.util.Optional;
import java.util.function.Predicate;

/** An address that is flooded with automatic mail just now hardly wrote all that is answered. */
final class Burst {
  private Burst() {}

  static Optional<Evidence> of(AutomaticAnswer answer, Predicate<Mailbox> attacked) {
    return answer.writers().stream().anyMatch(attacked)
        ? Optional.of(
            Evidence.doubt(
                Proof.BURST, "the address is being flooded with answers to forged mail just now"))
        : Optional.empty();
  }
}
