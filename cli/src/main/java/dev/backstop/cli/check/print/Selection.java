package dev.backstop.cli.check.print;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.Subform;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are shown.
 *
 * @param kinds all when it is empty
 */
public record Selection(List<Kind> kinds) {
  private static final String AUTOMATIC = "automatic";

  /**
   * A form by its printed name.
   *
   * @param form any but ordinary when it is {@code null}
   * @param subform any when it is {@code null}
   */
  public record Kind(@Nullable Form form, @Nullable Subform subform) {

    /**
     * Reads what the user wrote.
     *
     * @throws IllegalArgumentException names those that are known
     */
    public static Kind parse(String text) {
      String name = text.strip().toLowerCase(Locale.ROOT);
      return all()
          .filter(kind -> kind.toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(unknown(text)));
    }

    private static Stream<Kind> all() {
      return Stream.of(
              Stream.of(new Kind(null, null)),
              Arrays.stream(Form.values()).map(form -> new Kind(form, null)),
              Arrays.stream(Subform.values()).map(subform -> new Kind(Form.BOUNCE, subform)))
          .flatMap(kinds -> kinds);
    }

    private static String unknown(String text) {
      String known = all().map(Kind::toString).collect(Collectors.joining(", "));
      return "there is no form \"" + SafeText.of(text) + "\"; known are " + known;
    }

    boolean includes(AutomaticMail mail) {
      return (form == null ? mail.isAutomatic() : form == mail.form())
          && (subform == null || subform == mail.subform());
    }

    /** As the user writes it. */
    @Override
    public String toString() {
      String name = form == null ? AUTOMATIC : form.toString();
      return subform == null ? name : name + "/" + subform;
    }
  }

  boolean test(AutomaticMail mail) {
    return kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.includes(mail));
  }

  /** Whether something may be left out. */
  public boolean isPart() {
    return !kinds.isEmpty();
  }
}
