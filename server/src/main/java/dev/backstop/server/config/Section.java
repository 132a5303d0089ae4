package dev.backstop.server.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One table of the file while it is read. A key that is absent gives the fallback; a wrong value is
 * reported and gives the fallback too, so that the rest is still checked. Parsers throw {@link
 * IllegalArgumentException} with a reason in plain words.
 */
final class Section {
  private final ObjectNode node;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  Section(ObjectNode node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** A string, or a bare number where people leave the quotes out. */
  <T> Optional<T> value(String key, String example, Function<String, T> parser) {
    JsonNode value = get(key);
    return value == null ? Optional.empty() : parsed(key, key, value, example, parser);
  }

  /** An array of strings, or one string; an empty array is an empty list. */
  <T> List<T> list(
      String key, List<T> fallback, String example, Function<String, ? extends T> parser) {
    JsonNode value = get(key);
    if (value == null) {
      return fallback;
    }
    if (!value.isArray()) {
      List<T> one = new ArrayList<>();
      parsed(key, key, value, example, parser).ifPresent(one::add);
      return one;
    }
    return elements(key, value, example, parser);
  }

  private <T> List<T> elements(
      String key, JsonNode array, String example, Function<String, ? extends T> parser) {
    Set<T> elements = new LinkedHashSet<>();
    for (int i = 0; i < array.size(); i++) {
      String indexed = key + "[" + i + "]";
      Optional<? extends T> element = parsed(key, indexed, array.get(i), example, parser);
      if (element.isPresent() && !elements.add(element.get())) {
        add(indexed, array.get(i), "stands twice in the list", null);
      }
    }
    return List.copyOf(elements);
  }

  <E extends Enum<E>> E choice(String key, E fallback) {
    Class<E> type = fallback.getDeclaringClass();
    return value(key, quoted(Words.of(fallback)), text -> Words.parse(type, text)).orElse(fallback);
  }

  Duration duration(String key, Duration fallback, Duration least, Duration most) {
    String range = "must be from %s to %s".formatted(Units.render(least), Units.render(most));
    return value(
            key,
            quoted(Units.render(fallback)),
            text -> inRange(Units.duration(text), least, most, range))
        .orElse(fallback);
  }

  /** Octets. */
  int size(String key, int fallback, int least, int most) {
    String range =
        "must be from %s to %s".formatted(Units.renderSize(least), Units.renderSize(most));
    return value(
            key,
            quoted(Units.renderSize(fallback)),
            text -> inRange(Units.size(text), (long) least, (long) most, range))
        .map(Long::intValue)
        .orElse(fallback);
  }

  int number(String key, int fallback, int least, int most) {
    JsonNode value = get(key);
    if (value == null) {
      return fallback;
    }
    if (value.isInt() && value.intValue() >= least && value.intValue() <= most) {
      return value.intValue();
    }
    add(
        key,
        value,
        "must be a whole number from " + least + " to " + most,
        example(key, "" + fallback));
    return fallback;
  }

  boolean flag(String key, boolean fallback) {
    JsonNode value = get(key);
    if (value == null || value.isBoolean()) {
      return value == null ? fallback : value.booleanValue();
    }
    add(key, value, "must be true or false, without quotes", example(key, "" + fallback));
    return fallback;
  }

  /** A table in this one; an empty one when it is absent. */
  Section table(String key) {
    JsonNode value = get(key);
    return new Section(object(key, value), KeyPath.join(path, key), problems);
  }

  /** The tables in a table, by their names. */
  Map<String, Section> tables(String key) {
    Map<String, Section> tables = new LinkedHashMap<>();
    Section around = table(key);
    for (Map.Entry<String, JsonNode> entry : around.node.properties()) {
      ObjectNode inner = around.object(entry.getKey(), entry.getValue());
      tables.put(
          entry.getKey(), new Section(inner, KeyPath.join(around.path, entry.getKey()), problems));
    }
    return tables;
  }

  /** Reports every key that nobody asked for. Call it last. */
  void refuseOthers() {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        String hint =
            Spelling.nearest(entry.getKey(), known)
                .map(meant -> "did you mean " + KeyPath.join(path, meant) + "?")
                .orElse("known here are " + String.join(", ", known));
        add(entry.getKey(), null, "unknown key; " + hint, null);
      }
    }
  }

  /** Reports a key, named with its tables, that is wrong beside others. */
  void refuse(String fullKey, @Nullable String value, String reason) {
    problems.add(fullKey, value, reason, null);
  }

  private @Nullable JsonNode get(String key) {
    known.add(key);
    problems.asked(KeyPath.join(path, key));
    return node.get(key);
  }

  private <T> Optional<T> parsed(
      String key, String place, JsonNode value, String example, Function<String, T> parser) {
    if (!value.isString() && !value.isNumber()) {
      add(place, value, "must be a string", example(key, example));
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(value.asString()));
    } catch (IllegalArgumentException e) {
      add(place, value, String.valueOf(e.getMessage()), example(key, example));
      return Optional.empty();
    }
  }

  private ObjectNode object(String key, @Nullable JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    if (value != null) {
      add(key, value, "must be a table", "[" + KeyPath.join(path, key) + "]");
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private void add(
      String place, @Nullable JsonNode value, String reason, @Nullable String example) {
    String text = value == null ? null : value.toString();
    int index = place.indexOf('[');
    String full =
        index < 0
            ? KeyPath.join(path, place)
            : KeyPath.join(path, place.substring(0, index)) + place.substring(index);
    problems.add(full, text, reason, example);
  }

  private static String example(String key, String value) {
    return key + " = " + value;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static <T extends Comparable<T>> T inRange(T value, T least, T most, String otherwise) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(otherwise);
    }
    return value;
  }
}
