package dev.backstop.server.flow;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Strength;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Evidence as the {@code evidence} array of the command line's contract. */
final class EvidenceJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EvidenceJson() {}

  /**
   * The array.
   *
   * @param dmarc why the author's policy failed, as one more element
   */
  static String render(List<Evidence> evidence, Optional<String> dmarc) {
    var array = JSON.createArrayNode();
    for (Evidence piece : evidence) {
      add(array, piece.proof().toString(), piece.finding(), piece.strength(), piece.detail());
    }
    dmarc.ifPresent(why -> add(array, "dmarc", Finding.DISPROVEN, Strength.CONCLUSIVE, why));
    return array.toString();
  }

  private static void add(
      ArrayNode array, String proof, Finding finding, Strength strength, String detail) {
    array
        .addObject()
        .put("proof", proof)
        .put("finding", finding.toString())
        .put("strength", strength.toString())
        .put("detail", detail);
  }
}
