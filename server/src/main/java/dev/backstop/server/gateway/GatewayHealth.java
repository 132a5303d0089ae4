package dev.backstop.server.gateway;

import dev.backstop.edge.smtp.nexthop.HopHealth;
import dev.backstop.server.web.Readiness;
import java.util.List;
import java.util.stream.Collectors;

/** How the gateway is, for the health page. */
public final class GatewayHealth {
  private GatewayHealth() {}

  /** Ready as long as one next hop can be reached, as far as we know. */
  public static Readiness.Check check(GatewayDoor door) {
    List<HopHealth> hops = door.health();
    String text =
        door.addresses()
            + ", next hops: "
            + hops.stream().map(GatewayHealth::describe).collect(Collectors.joining(", "));
    return new Readiness.Check(hops.stream().anyMatch(HopHealth::up), text);
  }

  private static String describe(HopHealth health) {
    return health.hop()
        + (health.up() ? " up" : " down since " + health.since() + " (" + health.reason() + ")");
  }
}
