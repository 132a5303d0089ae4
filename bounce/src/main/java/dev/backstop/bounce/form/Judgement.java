package dev.backstop.bounce.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Form, subform and confidence, with the marks that led there. */
record Judgement(Form form, @Nullable Subform subform, Confidence confidence, List<String> marks) {
  static final Judgement ORDINARY = new Judgement(Form.ORDINARY, null, Confidence.HIGH, List.of());

  static Judgement of(Form form, Confidence confidence, List<String> marks) {
    return new Judgement(form, null, confidence, List.copyOf(marks));
  }

  static Judgement of(Form form, Confidence confidence, String mark) {
    return new Judgement(form, null, confidence, List.of(mark));
  }
}
