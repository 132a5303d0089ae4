package dev.backstop.cli.check.result;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.Subform;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.bounce.words.Reason;
import dev.backstop.mail.message.Cut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sum of all messages. Counts everything, shown or not. For one thread. */
public final class Tally {
  private static final int NAMED = 3;

  private final Map<Form, Integer> forms = new EnumMap<>(Form.class);
  private final Map<Subform, Integer> subforms = new EnumMap<>(Subform.class);
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
  private final Map<Lasting, Integer> lasting = new EnumMap<>(Lasting.class);
  private final Map<Form, Integer> imitated = new EnumMap<>(Form.class);
  private final Map<Cut, Integer> cuts = new EnumMap<>(Cut.class);
  private final Names hosts = new Names();
  private final Names software = new Names();
  private final List<String> firstPassedOver = new ArrayList<>(NAMED);
  private int messages;
  private int shown;
  private int unreadable;
  private int passedOver;

  public void message(Checked checked, boolean isShown) {
    AutomaticMail mail = checked.mail();
    messages++;
    shown += isShown ? 1 : 0;
    count(forms, mail.form());
    count(subforms, mail.subform());
    count(verdicts, checked.opinion().verdict());
    count(imitated, mail.imitates());
    checked.cuts().forEach(cut -> count(cuts, cut));
    mail.recipients().forEach(this::recipient);
    hosts.add(mail.reporter().mta());
    software.add(mail.reporter().software());
  }

  private void recipient(ReportedRecipient recipient) {
    if (recipient.reason() != null) {
      count(reasons, recipient.reason());
      count(lasting, Lasting.of(recipient.permanent()));
    }
  }

  public void unreadable() {
    unreadable++;
  }

  /** A file of a folder that is no mail. */
  public void passedOver(String name) {
    passedOver++;
    if (firstPassedOver.size() < NAMED) {
      firstPassedOver.add(name);
    }
  }

  private static <K extends Enum<K>> void count(Map<K, Integer> counts, @Nullable K key) {
    if (key != null) {
      counts.merge(key, 1, Integer::sum);
    }
  }

  public int messages() {
    return messages;
  }

  public int bounces() {
    return forms.getOrDefault(Form.BOUNCE, 0);
  }

  public int shown() {
    return shown;
  }

  public int unread() {
    return unreadable;
  }

  public int passedOver() {
    return passedOver;
  }

  /** The names of the first few. */
  public List<String> firstPassedOver() {
    return Collections.unmodifiableList(firstPassedOver);
  }

  /** Of messages; a form without messages is absent, here and in the other maps. */
  public Map<Form, Integer> forms() {
    return Collections.unmodifiableMap(forms);
  }

  /** Of bounces. */
  public Map<Subform, Integer> subforms() {
    return Collections.unmodifiableMap(subforms);
  }

  /** Of messages. */
  public Map<Verdict, Integer> verdicts() {
    return Collections.unmodifiableMap(verdicts);
  }

  /** Of reported recipients that have a reason. */
  public Map<Reason, Integer> reasons() {
    return Collections.unmodifiableMap(reasons);
  }

  /** Of the same recipients. */
  public Map<Lasting, Integer> lasting() {
    return Collections.unmodifiableMap(lasting);
  }

  /** Of ordinary messages that are dressed as something else. */
  public Map<Form, Integer> imitated() {
    return Collections.unmodifiableMap(imitated);
  }

  /** Of messages; one message may have several. */
  public Map<Cut, Integer> cuts() {
    return Collections.unmodifiableMap(cuts);
  }

  public Names hosts() {
    return hosts;
  }

  public Names software() {
    return software;
  }
}
