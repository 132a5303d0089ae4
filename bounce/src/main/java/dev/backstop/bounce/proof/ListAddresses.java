package dev.backstop.bounce.proof;

import dev.backstop.mail.address.Mailbox;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The addresses of one mailing list: who writes to {@code club+subscribe} is answered by {@code
 * club+owner}. Programs write {@code list+word} or {@code list-word}.
 */
final class ListAddresses {
  /** What one writes to, and what answers. */
  private static final List<String> WORDS =
      List.of(
          "subscribe",
          "unsubscribe",
          "help",
          "request",
          "owner",
          "join",
          "leave",
          "bounces",
          "confirm");

  private ListAddresses() {}

  /**
   * All addresses of the list that this one belongs to, itself first; 20 at most.
   *
   * @param answering that of a notice, with or without a word
   */
  static Set<Mailbox> of(Mailbox answering) {
    String local = answering.localPart();
    int end = Math.max(local.lastIndexOf('+'), local.lastIndexOf('-'));
    boolean named = end > 0 && WORDS.contains(local.substring(end + 1).toLowerCase(Locale.ROOT));
    String list = named ? local.substring(0, end) : local;
    Set<Mailbox> all = new LinkedHashSet<>();
    all.add(answering);
    all.add(answering.withLocalPart(list));
    for (String delimiter : named ? List.of(local.substring(end, end + 1)) : List.of("+", "-")) {
      WORDS.forEach(word -> all.add(answering.withLocalPart(list + delimiter + word)));
    }
    return all;
  }
}
