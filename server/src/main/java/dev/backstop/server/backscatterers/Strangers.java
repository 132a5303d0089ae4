package dev.backstop.server.backscatterers;

import dev.backstop.auth.doctor.ask.SpecialAddress;
import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * Whom we count and ask others about: hosts of the world, not our own. What our own machines hand
 * over comes from somebody whom we do not see.
 *
 * @param ours whether an address is one of ours
 */
record Strangers(Predicate<InetAddress> ours) {
  boolean contains(InetAddress peer) {
    return SpecialAddress.kind(peer).isEmpty() && !ours.test(peer);
  }
}
