package dev.backstop.cli.check.print;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.Subform;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.bounce.words.Reason;
import dev.backstop.cli.check.result.Lasting;
import dev.backstop.cli.check.result.Names;
import dev.backstop.cli.check.result.Tally;
import dev.backstop.mail.message.Cut;
import java.util.Map;

/** The sum as one JSON object. Every known value is there, with 0 when nothing has it. */
public final class SummaryJson {
  private final Json json;

  private SummaryJson(Json json) {
    this.json = json;
  }

  /** One line, without its end. */
  public static String of(Tally tally) {
    return Json.object(json -> new SummaryJson(json).fields(tally));
  }

  private void fields(Tally tally) {
    json.number("messages", tally.messages());
    json.number("shown", tally.shown());
    json.number("unreadable", tally.unread());
    json.number("passedOver", tally.passedOver());
    counts("forms", Form.values(), tally.forms());
    counts("subforms", Subform.values(), tally.subforms());
    counts("verdicts", Verdict.values(), tally.verdicts());
    counts("reasons", Reason.values(), tally.reasons());
    counts("lasting", Lasting.values(), tally.lasting());
    counts("imitates", Form.values(), tally.imitated());
    counts("cut", Cut.values(), tally.cuts());
    names("hosts", tally.hosts());
    names("software", tally.software());
  }

  private <K> void counts(String name, K[] keys, Map<K, Integer> counts) {
    json.object(
        name,
        () -> {
          for (K key : keys) {
            json.number(key.toString(), counts.getOrDefault(key, 0));
          }
        });
  }

  private void names(String name, Names names) {
    json.objects(
        name,
        names.most(SummaryTable.MOST),
        count -> {
          json.text("name", count.name());
          json.number("messages", count.messages());
        });
  }
}
