package dev.backstop.mail.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a message or of a part, for reading by name. Immutable.
 *
 * @param fields in order, top first
 */
public record Header(List<HeaderField> fields) {
  public static final Header EMPTY = new Header(List.of());

  /** The topmost field of that name, unfolded and trimmed; {@code null} when there is none. */
  public @Nullable String text(String name) {
    for (HeaderField field : fields) {
      if (field.nameIs(name)) {
        return field.text();
      }
    }
    return null;
  }

  /** Like {@link #text} but the empty text when there is none. */
  public String textOrEmpty(String name) {
    String text = text(name);
    return text == null ? "" : text;
  }

  public boolean has(String name) {
    for (HeaderField field : fields) {
      if (field.nameIs(name)) {
        return true;
      }
    }
    return false;
  }

  /** All fields of that name, top first, unfolded and trimmed. */
  public List<String> texts(String name) {
    var texts = new ArrayList<String>(4);
    for (HeaderField field : fields) {
      if (field.nameIs(name)) {
        texts.add(field.text());
      }
    }
    return texts;
  }
}
