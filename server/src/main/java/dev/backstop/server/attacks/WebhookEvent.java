package dev.backstop.server.attacks;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a webhook is sent; {@code docs/attacks.md} explains it field by field. */
final class WebhookEvent {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private WebhookEvent() {}

  /**
   * One event.
   *
   * @param event {@code began}, {@code update} or {@code ended}
   */
  static String render(String event, Instant at, Episode episode) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("event", "attack-" + event);
    node.put("at", at.toString());
    node.set("attack", EpisodeJson.render(episode));
    return node.toString();
  }
}
