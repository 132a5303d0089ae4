package dev.backstop.server.flow;

import dev.backstop.bounce.proof.Evidence;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Evidence as the {@code evidence} array of the command line's contract. */
final class EvidenceJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EvidenceJson() {}

  static String render(List<Evidence> evidence) {
    var array = JSON.createArrayNode();
    for (Evidence piece : evidence) {
      array
          .addObject()
          .put("proof", piece.proof())
          .put("finding", piece.finding().toString())
          .put("detail", piece.detail());
    }
    return array.toString();
  }
}
