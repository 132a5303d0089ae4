package dev.backstop.server.web;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.store.Event;
import dev.backstop.store.EventLog;
import dev.backstop.store.EventQuery;
import dev.backstop.store.StoreException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /api/events}: decisions, newest first, in the words of the log and of {@code backstop
 * check}. {@code docs/operations.md} is its manual.
 */
final class EventsPage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> PARAMETERS =
      Set.of("domain", "recipient", "verdict", "enforced", "hours", "most");
  private static final int MAX_HOURS = 24 * 3660;

  private final EventLog events;
  private final InstantSource clock;

  EventsPage(EventLog events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  /** The events that the query asks for; 400 for a query that says something else. */
  Page answer(URI address) {
    try {
      return Page.json(200, render(events.search(query(parameters(address.getRawQuery())))));
    } catch (IllegalArgumentException e) {
      return Page.text(400, e.getMessage() + "\n");
    } catch (StoreException e) {
      return Page.text(503, "The store cannot be read now.\n");
    }
  }

  private EventQuery query(Map<String, String> given) {
    Instant now = clock.instant();
    int hours = number(given, "hours", 24, MAX_HOURS);
    return new EventQuery(
        given.get("domain"),
        given.get("recipient"),
        verdict(given, "verdict"),
        verdict(given, "enforced"),
        now.minus(Duration.ofHours(hours)),
        now.plusMillis(1),
        number(given, "most", 100, EventQuery.MOST));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      String name = decoded(equals < 0 ? each : each.substring(0, equals));
      if (!PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown parameter; known are "
                + String.join(", ", PARAMETERS.stream().sorted().toList()));
      }
      parameters.put(name, decoded(equals < 0 ? "" : each.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8); // throws for a broken escape
  }

  private static int number(Map<String, String> given, String name, int fallback, int most) {
    String text = given.get(name);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1) {
      throw new IllegalArgumentException(name + " is a whole number from 1");
    }
    return Math.min(Integer.parseInt(text), most);
  }

  private static @Nullable Verdict verdict(Map<String, String> given, String name) {
    String text = given.get(name);
    if (text == null) {
      return null;
    }
    for (Verdict verdict : Verdict.values()) {
      if (verdict.toString().equals(text)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException(
        name + " is one of ordinary, genuine, backscatter, unproven");
  }

  private static byte[] render(List<Event> found) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode array = root.putArray("events");
    found.forEach(event -> add(array.addObject(), event));
    return JSON.writeValueAsBytes(root);
  }

  private static void add(ObjectNode node, Event event) {
    node.put("at", event.at().toString())
        .put("verdict", event.verdict().toString())
        .put("enforced", event.enforced().toString())
        .put("action", event.action())
        .put("mode", event.mode())
        .put("form", event.form().toString())
        .put("domain", event.domain())
        .put("sender", event.sender())
        .put("recipient", event.recipient())
        .put("peer", event.peer())
        .put("queueId", event.queueId())
        .put("messageId", event.messageId())
        .put("reporter", event.reporter())
        .put("source", event.source())
        .put("subject", event.subject())
        .put("explanation", event.explanation())
        .set("evidence", evidence(event.evidence()));
  }

  private static JsonNode evidence(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      return JSON.createArrayNode(); // not written by us
    }
  }
}
