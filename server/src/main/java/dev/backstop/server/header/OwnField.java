package dev.backstop.server.header;

import dev.backstop.edge.Action;
import dev.backstop.mail.message.HeaderField;
import java.util.List;

/** A field that only we write. */
public final class OwnField {
  private OwnField() {}

  /**
   * Fields of that name that came with the message are somebody else's word; the last goes first,
   * so that the numbers of the others hold.
   */
  public static void removeForged(String name, List<HeaderField> header, List<Action.Edit> edits) {
    int count = (int) header.stream().filter(field -> field.nameIs(name)).count();
    for (int occurrence = count; occurrence >= 1; occurrence--) {
      edits.add(new Action.Edit.RemoveHeader(name, occurrence));
    }
  }

  /** Text as a quoted string (RFC 5322 §3.2.4) that needs no backslash. */
  public static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append(c < ' ' || c >= 0x7f ? '?' : c == '"' || c == '\\' ? '\'' : c);
    }
    return quoted.append('"').toString();
  }
}
