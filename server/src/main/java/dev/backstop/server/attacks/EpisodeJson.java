package dev.backstop.server.attacks;

import dev.backstop.store.EpisodeRow;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Attacks as JSON: for the webhook, for {@code backstop attacks --json}, and in the store. */
public final class EpisodeJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final List<String> DETAILS =
      List.of(
          "refused", "peak", "usual", "reporters", "sources", "networks", "subjects", "samples");

  private EpisodeJson() {}

  /** The whole attack. Fields are added to it, never renamed: others read it. */
  public static ObjectNode render(Episode episode) {
    Instant ended = episode.ended();
    ObjectNode node =
        MAPPER
            .createObjectNode()
            .put("id", episode.id())
            .put("scope", episode.scope().toString())
            .put("name", episode.name())
            .put("began", episode.began().toString())
            .put("lastSeen", episode.lastSeen().toString())
            .put("ended", ended == null ? null : ended.toString())
            .put("messages", episode.messages())
            .put("refused", episode.refused())
            .put("peak", episode.peak())
            .put("usual", episode.usual());
    counts(node, "reporters", "address", episode.reporters());
    counts(node, "sources", "address", episode.sources());
    counts(node, "networks", "network", episode.networks());
    counts(node, "subjects", "subject", episode.subjects());
    var samples = node.putArray("samples");
    for (Episode.Sample sample : episode.samples()) {
      samples
          .addObject()
          .put("at", sample.at().toString())
          .put("peer", sample.peer())
          .put("reporter", sample.reporter())
          .put("source", sample.source())
          .put("subject", sample.subject())
          .put("messageId", sample.messageId());
    }
    return node;
  }

  private static void counts(
      ObjectNode node, String list, String value, List<Episode.Count> counts) {
    var array = node.putArray(list);
    for (Episode.Count count : counts) {
      ObjectNode one = array.addObject().put(value, count.value());
      if (list.equals("reporters")) {
        one.put("name", count.name());
      }
      one.put("messages", count.messages());
    }
  }

  static EpisodeRow toRow(Episode episode) {
    return new EpisodeRow(
        episode.id(),
        episode.scope().toString(),
        episode.name(),
        episode.began(),
        episode.lastSeen(),
        episode.ended(),
        episode.messages(),
        render(episode).retain(DETAILS).toString());
  }

  /** From the store; details that cannot be read are left out. */
  public static Episode fromRow(EpisodeRow row) {
    JsonNode details = details(row);
    return new Episode(
        row.id(),
        Scope.valueOf(row.scope().toUpperCase(Locale.ROOT)),
        row.name(),
        row.began(),
        row.lastSeen(),
        row.ended(),
        row.messages(),
        details.path("refused").asLong(0),
        details.path("peak").asLong(0),
        details.path("usual").asLong(0),
        counts(details.path("reporters"), "address"),
        counts(details.path("sources"), "address"),
        counts(details.path("networks"), "network"),
        counts(details.path("subjects"), "subject"),
        samples(details.path("samples")));
  }

  private static JsonNode details(EpisodeRow row) {
    try {
      return MAPPER.readTree(row.details());
    } catch (JacksonException e) {
      return MAPPER.createObjectNode();
    }
  }

  private static List<Episode.Count> counts(JsonNode array, String value) {
    var counts = new ArrayList<Episode.Count>();
    for (JsonNode one : array) {
      String text = text(one, value);
      if (text != null) {
        counts.add(new Episode.Count(text, text(one, "name"), one.path("messages").asLong(0)));
      }
    }
    return counts;
  }

  private static List<Episode.Sample> samples(JsonNode array) {
    var samples = new ArrayList<Episode.Sample>();
    for (JsonNode one : array) {
      Instant at = time(text(one, "at"));
      if (at != null) {
        samples.add(
            new Episode.Sample(
                at,
                text(one, "peer"),
                text(one, "reporter"),
                text(one, "source"),
                text(one, "subject"),
                text(one, "messageId")));
      }
    }
    return samples;
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() ? value.stringValue() : null;
  }
}
