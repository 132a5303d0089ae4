package dev.backstop.server.keys;

import dev.backstop.bounce.tag.TagKey;
import dev.backstop.bounce.tag.TagKeys;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form of the key file, which is also what {@code backstop keys export} writes. */
public final class KeyJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int VERSION = 1;

  private KeyJson() {}

  /**
   * Reads an exported file.
   *
   * @throws IllegalArgumentException when it is anything else; the message names what is wrong and
   *     holds no secret
   */
  public static Keys parse(String text) {
    JsonNode root = tree(text);
    if (root.path("version").asInt(0) != VERSION) {
      throw new IllegalArgumentException("`version` is not " + VERSION);
    }
    List<TagKey> tags = new ArrayList<>();
    for (JsonNode node : root.path("tags")) {
      JsonNode retired = node.path("retired");
      tags.add(
          new TagKey(
              node.path("number").asInt(-1),
              octets(node, "secret"),
              time(node, "created"),
              retired.isString() ? time(node, "retired") : null));
    }
    return new Keys(new TagKeys(tags), octets(root, "journal"));
  }

  /** As it stands in the file, secrets in the clear. */
  public static byte[] render(Keys keys) {
    var root = JSON.createObjectNode();
    root.put("version", VERSION).put("journal", base64(keys.journal()));
    var tags = root.putArray("tags");
    for (TagKey key : keys.tags().keys()) {
      Instant retired = key.retired();
      tags.addObject()
          .put("number", key.number())
          .put("secret", base64(key.secret()))
          .put("created", key.created().toString())
          .put("retired", retired == null ? null : retired.toString());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  private static byte[] octets(JsonNode node, String name) {
    try {
      return Base64.getDecoder().decode(node.path(name).asString(""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("`" + name + "` is not base64", e);
    }
  }

  private static Instant time(JsonNode node, String name) {
    try {
      return Instant.parse(node.path(name).asString(""));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "`" + name + "` is not a time such as 2026-01-31T00:00:00Z", e);
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
