package dev.backstop.server;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.attacks.AttackObserver;
import dev.backstop.server.attacks.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
public final class SeenMail implements AttackObserver {
  public final List<Sighting> sightings = new ArrayList<>();
  public final List<Mailbox> genuine = new ArrayList<>();

  @Override
  public void observe(Sighting sighting) {
    sightings.add(sighting);
  }

  @Override
  public void genuine(Instant at, Mailbox recipient) {
    genuine.add(recipient);
  }
}
