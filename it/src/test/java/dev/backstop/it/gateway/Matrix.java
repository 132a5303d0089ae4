package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.gateway.Case.AtMostOne;
import dev.backstop.it.gateway.Case.NoMessage;
import dev.backstop.it.gateway.Case.Nothing;
import dev.backstop.it.gateway.Case.One;
import dev.backstop.it.gateway.Case.Step;
import dev.backstop.it.gateway.HopLog.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@link Case}s against a {@link Gateway}. */
final class Matrix {
  private Matrix() {}

  /** In all splits of its step that is split. */
  static void run(Gateway gateway, Case row) {
    splits(row).forEach(split -> run(gateway, row, split));
  }

  /** Every octet of what is short, the end of what is long. */
  private static Stream<Split> splits(Case row) {
    if (row.split() < 0) {
      return Stream.of(Split.WHOLE);
    }
    int length = row.steps().get(row.split()).octets().length();
    return length > 2_000 ? Stream.of(Split.WHOLE) : Split.all(length, 0, 60);
  }

  private static void run(Gateway gateway, Case row, Split split) {
    gateway.hop.reset();
    try (var client = gateway.greeted()) {
      String codes = codes(talk(client, row, split));
      gateway.hop.awaitQuiet();
      assertThat(codes).as("%s, %s\n%s", row, split, client).matches(row.replies());
      judge(gateway.hop.log(), row, split + "\n" + client);
    }
  }

  private static List<String> talk(Dialogue client, Case row, Split split) {
    List<String> replies = new ArrayList<>();
    for (int i = 0; i < row.steps().size(); i++) {
      Step step = row.steps().get(i);
      client.write(step.octets(), i == row.split() ? split : Split.WHOLE);
      for (int reply = 0; reply < step.replies(); reply++) {
        String said = client.reply();
        if (said.equals(Dialogue.CLOSED)) {
          return replies;
        }
        replies.add(said);
        if (said.equals(Dialogue.SILENT)) {
          return replies;
        }
      }
    }
    client.closeOutput();
    replies.addAll(client.toEnd());
    return replies;
  }

  private static String codes(List<String> replies) {
    return replies.stream()
        .map(reply -> reply.equals(Dialogue.SILENT) ? reply : reply.substring(0, 3))
        .collect(Collectors.joining(" "));
  }

  private static void judge(HopLog log, Case row, String said) {
    assertThat(log.foul()).as("bare line ends at the next hop\n%s", said).isEmpty();
    List<Message> messages = log.messages();
    assertThat(messages).as("messages at the next hop\n%s", said).hasSizeLessThanOrEqualTo(1);
    switch (row.hop()) {
      case Nothing _ -> assertThat(log.commands(Stage.MAIL)).as(said).isEmpty();
      case NoMessage _ -> assertThat(messages).as(said).isEmpty();
      case AtMostOne _ -> {}
      case One one -> {
        assertThat(messages).as(said).hasSize(1);
        assertThat(messages.getFirst().octets()).as(said).endsWith(one.octets());
        assertThat(messages.getFirst().recipients()).as(said).containsExactly("user@ours.test");
      }
    }
  }
}
