package dev.backstop.bench.lab;

import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as text, one character for each octet.
 *
 * @param header lines that end in CRLF
 * @param body what follows the empty line
 */
record Letter(String header, String body) {

  /** What a door gets. */
  RawMessage raw() {
    return raw(header + "\r\n" + body);
  }

  /** What a door gets. */
  static RawMessage raw(String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    return MessageSplitter.split(octets, octets.length, false);
  }

  /** The same after the mail server did what it was told. */
  Letter with(List<Action.Edit> edits) {
    List<HeaderField> fields = new ArrayList<>(raw().header());
    for (Action.Edit edit : edits) {
      if (edit instanceof Action.Edit.RemoveHeader remove) {
        remove(fields, remove);
      }
    }
    for (Action.Edit edit : edits) {
      if (edit instanceof Action.Edit.InsertHeader insert) {
        byte[] value = (" " + insert.value()).getBytes(StandardCharsets.ISO_8859_1);
        fields.addFirst(new HeaderField(insert.name(), value));
      }
    }
    return new Letter(text(fields), body);
  }

  private static void remove(List<HeaderField> fields, Action.Edit.RemoveHeader edit) {
    int seen = 0;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).nameIs(edit.name()) && ++seen == edit.occurrence()) {
        fields.remove(i);
        return;
      }
    }
  }

  static String text(List<HeaderField> fields) {
    var text = new StringBuilder();
    for (HeaderField field : fields) {
      text.append(field.name())
          .append(':')
          .append(new String(field.value(), StandardCharsets.ISO_8859_1))
          .append("\r\n");
    }
    return text.toString();
  }

  /** The sender that the edits leave in the envelope. */
  static Mailbox sender(Mailbox given, List<Action.Edit> edits) {
    Mailbox sender = given;
    for (Action.Edit edit : edits) {
      if (edit instanceof Action.Edit.ChangeSender change) {
        sender = change.sender();
      }
    }
    return sender;
  }
}
