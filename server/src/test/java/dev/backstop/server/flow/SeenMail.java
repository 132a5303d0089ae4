package dev.backstop.server.flow;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.attacks.AttackObserver;
import dev.backstop.server.attacks.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class SeenMail implements AttackObserver {
  final List<Sighting> sightings = new ArrayList<>();
  final List<Mailbox> genuine = new ArrayList<>();

  @Override
  public void observe(Sighting sighting) {
    sightings.add(sighting);
  }

  @Override
  public void genuine(Instant at, Mailbox recipient) {
    genuine.add(recipient);
  }
}
