package dev.backstop.cli.auth.request;

import dev.backstop.dns.DnsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object. A value of {@code null} is a field that is not there.
 *
 * <p>All methods throw {@link IllegalArgumentException} with a text for the asker.
 */
final class Fields {
  /** Identifiers of one kind in one request. */
  private static final int MAX_LIST = 100;

  private static final int MAX_QUOTED = 40;

  private final ObjectNode object;

  Fields(ObjectNode object) {
    this.object = object;
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  Optional<String> text(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw bad(name, "not a text; write it in quotes");
    }
    return Optional.of(value.stringValue());
  }

  <T> Optional<T> value(String name, Function<String, T> parser) {
    return text(name).map(text -> parse(name, text, parser));
  }

  <T> T required(String name, Function<String, T> parser) {
    return value(name, parser).orElseThrow(() -> bad(name, "missing"));
  }

  boolean flag(String name) {
    JsonNode value = object.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw bad(name, "neither true nor false");
    }
    return value.asBoolean(false);
  }

  List<DnsName> domains(String name) {
    JsonNode list = object.path(name);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MAX_LIST) {
      throw bad(name, "not a list of at most " + MAX_LIST + " domains");
    }
    List<DnsName> domains = new ArrayList<>();
    for (JsonNode element : list) {
      if (!element.isString()) {
        throw bad(name, "not a list of texts");
      }
      domains.add(parse(name, element.stringValue(), Names::domain));
    }
    return domains;
  }

  /** A field that nobody reads would be a question that nobody answers. */
  void refuseOthers(String kind, Set<String> known) {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        String shown = name.length() > MAX_QUOTED ? name.substring(0, MAX_QUOTED) + "…" : name;
        throw new IllegalArgumentException(
            "no field \"" + shown + "\" in " + kind + "; it has " + new TreeSet<>(known));
      }
    }
  }

  private static <T> T parse(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw bad(name, String.valueOf(e.getMessage()));
    }
  }

  static IllegalArgumentException bad(String name, String reason) {
    return new IllegalArgumentException(name + ": " + reason);
  }
}
