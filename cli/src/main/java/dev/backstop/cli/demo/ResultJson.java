package dev.backstop.cli.demo;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How it ended, for programs: one object. Fields are added, never renamed. */
final class ResultJson {
  private ResultJson() {}

  static String render(Score score, long seed, Duration took, List<String> warnings) {
    Tally tally = score.tally();
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.put("ok", tally.isRight()).put("seed", seed).put("seconds", took.toMillis() / 1000.0);
    root.put("forged", tally.forged());
    root.putObject("sent").put("all", tally.sent() + tally.notSent()).put("sentOn", tally.sent());
    root.putObject("genuine")
        .put("all", tally.all(Truth.GENUINE))
        .put("delivered", tally.with(Truth.GENUINE, Fate.DELIVERED));
    root.putObject("false")
        .put("all", tally.all(Truth.FALSE))
        .put("stopped", tally.refused(Truth.FALSE))
        .put("atRecipient", tally.with(Truth.FALSE, Fate.REFUSED_BEFORE_DATA))
        .put("afterData", tally.with(Truth.FALSE, Fate.REFUSED_AT_END));
    root.putObject("ordinary")
        .put("all", tally.all(Truth.ORDINARY))
        .put("untouched", tally.with(Truth.ORDINARY, Fate.DELIVERED));
    examples(root.putArray("examples"), score);
    mistakes(root.putArray("mistakes"), score);
    warnings.forEach(root.putArray("warnings")::add);
    return root.toString();
  }

  private static void examples(ArrayNode array, Score score) {
    for (Example example : Example.of(score)) {
      array
          .addObject()
          .put("title", example.title())
          .put("happened", example.happened())
          .put("said", example.said())
          .put("seen", example.seen());
    }
  }

  private static void mistakes(ArrayNode array, Score score) {
    for (Case mistake : score.mistakes()) {
      ObjectNode node = array.addObject();
      node.put("truth", mistake.arrival().truth().name()).put("what", Words.shortly(mistake));
      if (mistake.outcome() instanceof Outcome.Refused refused) {
        node.put("reply", Words.plain(refused.reply()));
      }
    }
  }
}
