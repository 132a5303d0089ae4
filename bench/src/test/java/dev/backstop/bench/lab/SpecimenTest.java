package dev.backstop.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.form.ReturnedMessage.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message taken apart answers another one as it answered its own. */
class SpecimenTest {
  private static final String ID = "<new@ours.test>";

  @Test
  void bringsBackAsMuchAsItIsToldAndNothingOfWhatItAnswered() {
    for (Specimen specimen : Specimens.generated(2)) {
      String old = specimen.reading().returned().messageId();
      for (Part part : specimen.parts()) {
        String answer = answer(specimen, part);
        AutomaticMail read = MessageReader.read(Letter.raw(answer), specimen.sender());
        assertThat(read.form()).as(specimen.name()).isEqualTo(specimen.reading().form());
        assertThat(answer).contains("To: anna@ours.test");
        if (specimen.place() != null) {
          assertThat(read.returned().part()).as(specimen.name()).isEqualTo(part);
        }
        if (part != Part.NONE) {
          assertThat(read.returned().messageId()).isEqualTo(ID);
        }
        assertThat(answer).doesNotContain(String.valueOf(old));
      }
    }
  }

  private static String answer(Specimen specimen, Part part) {
    var anna = Addresses.of("anna@ours.test");
    var letter =
        new Letter(
            "From: anna@ours.test\r\nTo: bob@far.example\r\nSubject: Hi\r\nMessage-ID: "
                + ID
                + "\r\nReceived: by mx.far.example\r\n",
            "Hello\r\n");
    return specimen.answer(anna, anna, ID, letter, part, Damage.NONE);
  }

  @Test
  void everyShapeIsThere() {
    List<Specimen> specimens = Specimens.generated(1);
    assertThat(specimens).hasSize(8);
    assertThat(specimens).filteredOn(each -> each.place() == null).hasSize(2);
  }
}
