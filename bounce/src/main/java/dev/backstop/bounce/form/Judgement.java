package dev.backstop.bounce.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Form, subform and confidence, with the marks that led there.
 *
 * @param points how much speaks for it, to compare with other forms; a standard's own marks have
 *     the most
 */
record Judgement(
    Form form, @Nullable Subform subform, Confidence confidence, List<String> marks, int points) {
  private static final int STANDARD = 1000;

  static final Judgement ORDINARY =
      new Judgement(Form.ORDINARY, null, Confidence.HIGH, List.of(), 0);

  static Judgement standard(Form form, String mark) {
    return new Judgement(form, null, Confidence.HIGH, List.of(mark), STANDARD);
  }

  Judgement with(Subform is) {
    return new Judgement(form, is, confidence, marks, points);
  }

  static Judgement of(Form form, Confidence confidence, Weight weight) {
    return new Judgement(form, null, confidence, weight.marks(), weight.points());
  }
}
