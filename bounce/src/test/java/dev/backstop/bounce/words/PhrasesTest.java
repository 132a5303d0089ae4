package dev.backstop.bounce.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhrasesTest {

  @Test
  void findsPhrasesInsideOthers() {
    var phrases = new Phrases(List.of("he", "she", "his", "hers", "übung", "失敗"));
    assertThat(all(phrases, "ushers")).containsExactlyInAnyOrder(0, 1, 3);
    assertThat(all(phrases, "die übung 失敗")).containsExactlyInAnyOrder(4, 5);
    assertThat(all(phrases, "")).isEmpty();
  }

  @Test
  void theFirstOfTheListWins() {
    var phrases = new Phrases(List.of("special", "general"));
    assertThat(phrases.first("a general and a special case")).isZero();
    assertThat(phrases.first("nothing")).isEqualTo(-1);
  }

  /** Against the obvious way, over a small alphabet where phrases overlap all the time. */
  @Test
  void agreesWithContains() {
    var random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<String> list = new ArrayList<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        list.add(text(random, 1 + random.nextInt(5)));
      }
      String text = text(random, 30);
      Set<Integer> found = all(new Phrases(list), text);
      for (int i = 0; i < list.size(); i++) {
        assertThat(found.contains(i))
            .as("%s in %s", list.get(i), text)
            .isEqualTo(text.contains(list.get(i)));
      }
    }
  }

  private static Set<Integer> all(Phrases phrases, String text) {
    Set<Integer> found = new HashSet<>();
    phrases.find(text, (phrase, _) -> found.add(phrase));
    return found;
  }

  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abé".charAt(random.nextInt(3)));
    }
    return text.toString();
  }
}
