package dev.backstop.server.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.dns.DnsName;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The form of {@code dkim.json}, which is also what {@code backstop keys dkim export} writes. */
public final class DkimJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int VERSION = 1;

  private DkimJson() {}

  /**
   * Reads an exported file.
   *
   * @throws IllegalArgumentException when it is anything else; the message names what is wrong and
   *     holds no secret
   */
  public static DkimKeys parse(String text) {
    JsonNode root = tree(text);
    if (root.path("version").asInt(0) != VERSION || !root.path("dkim").isArray()) {
      throw new IllegalArgumentException("it has no `version` " + VERSION + " with a list `dkim`");
    }
    List<DkimKey> keys = new ArrayList<>();
    for (JsonNode node : root.path("dkim")) {
      keys.add(key(node));
    }
    return new DkimKeys(keys);
  }

  /** As it stands in the file, private keys in the clear. */
  public static byte[] render(DkimKeys keys) {
    var root = JSON.createObjectNode();
    root.put("version", VERSION);
    var list = root.putArray("dkim");
    for (DkimKey key : keys.keys()) {
      ObjectNode node =
          list.addObject()
              .put("domain", key.domain().text())
              .put("selector", key.selector())
              .put("algorithm", key.algorithm().keyType())
              .put("state", key.state().word())
              .put("created", key.created().toString());
      switch (key.state()) {
        case DkimState.New made -> node.put("private", base64(made.privateKey().getEncoded()));
        case DkimState.Signing signing ->
            node.put("signing", signing.since().toString())
                .put("private", base64(signing.privateKey().getEncoded()));
        case DkimState.External _ -> {}
        case DkimState.Retired retired -> node.put("retired", retired.at().toString());
      }
      node.put("public", base64(key.publicKey().getEncoded()));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  private static DkimKey key(JsonNode node) {
    DnsName domain =
        DnsName.parse(text(node, "domain"))
            .orElseThrow(() -> new IllegalArgumentException("`domain` is no domain name"));
    String selector = text(node, "selector");
    try {
      Algorithm algorithm = algorithm(text(node, "algorithm"));
      PublicKey shown = PublishedKey.of(algorithm, octets(node, "public"));
      DkimKeyPair.checkSize(shown);
      return new DkimKey(
          domain, selector, algorithm, shown, time(node, "created"), state(node, shown));
    } catch (NotAKeyException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the key " + selector + " of " + domain + ": " + e.getMessage(), e);
    }
  }

  private static DkimState state(JsonNode node, PublicKey shown) throws NotAKeyException {
    return switch (text(node, "state")) {
      case "new" -> new DkimState.New(privateKey(node, shown));
      case "signing" -> new DkimState.Signing(privateKey(node, shown), time(node, "signing"));
      case "external" -> new DkimState.External();
      case "retired" -> new DkimState.Retired(time(node, "retired"));
      default ->
          throw new IllegalArgumentException("`state` is none of new, signing, external, retired");
    };
  }

  /**
   * Whether the halves belong together is tried when a key comes in; here thousands are read, so
   * only what costs nothing is compared.
   */
  private static PrivateKey privateKey(JsonNode node, PublicKey shown) throws NotAKeyException {
    PrivateKey secret = PrivateKeyText.privateKey(octets(node, "private"));
    boolean fits =
        secret instanceof RSAPrivateKey rsa
            ? shown instanceof RSAPublicKey other && rsa.getModulus().equals(other.getModulus())
            : !(shown instanceof RSAPublicKey);
    if (!fits) {
      throw new IllegalArgumentException("`private` and `public` do not belong together");
    }
    return secret;
  }

  private static Algorithm algorithm(String keyType) {
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.keyType().equals(keyType)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException("`algorithm` is neither rsa nor ed25519");
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static byte[] octets(JsonNode node, String name) {
    try {
      return Base64.getDecoder().decode(text(node, name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("`" + name + "` is not base64", e);
    }
  }

  private static Instant time(JsonNode node, String name) {
    try {
      return Instant.parse(text(node, name));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "`" + name + "` is not a time such as 2026-01-31T00:00:00Z", e);
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
