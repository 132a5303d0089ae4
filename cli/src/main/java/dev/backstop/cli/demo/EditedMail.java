package dev.backstop.cli.demo;

import dev.backstop.testkit.milter.MilterAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A mail with the changes of a milter, applied one by one as Postfix does. For one thread. */
final class EditedMail {
  private final Mail before;
  private final List<String> recipients;
  private final List<Letter.Field> header;
  private String sender;

  EditedMail(Mail before) {
    this.before = before;
    this.sender = before.sender();
    this.recipients = new ArrayList<>(before.recipients());
    this.header = new ArrayList<>(before.letter().header());
  }

  void apply(MilterAnswer edit) throws IOException {
    switch (edit.code()) {
      case 'e' -> sender = address(strings(edit, 0)[0]);
      case '+' -> recipients.add(address(strings(edit, 0)[0]));
      case '-' -> recipients.remove(address(strings(edit, 0)[0]));
      case 'h' -> header.add(field(strings(edit, 0)));
      case 'i' -> header.add(Math.min(edit.number(0), header.size()), field(strings(edit, 4)));
      case 'm' -> change(edit.number(0), field(strings(edit, 4)));
      default -> throw new IOException("the milter asks for a change unknown here: " + edit);
    }
  }

  private void change(int occurrence, Letter.Field changed) {
    int seen = 0;
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).name().equalsIgnoreCase(changed.name()) && ++seen == occurrence) {
        if (changed.value().isEmpty()) {
          header.remove(i);
        } else {
          header.set(i, changed);
        }
        return;
      }
    }
  }

  private static Letter.Field field(String[] nameAndValue) {
    return new Letter.Field(nameAndValue[0], nameAndValue[1].replace("\r", "").strip());
  }

  private static String[] strings(MilterAnswer edit, int from) {
    byte[] data = edit.data();
    return new String(data, from, data.length - from, StandardCharsets.ISO_8859_1).split("\0", -1);
  }

  private static String address(String path) {
    return path.startsWith("<") && path.endsWith(">") ? path.substring(1, path.length() - 1) : path;
  }

  Mail mail() {
    return new Mail(
        before.client(), sender, recipients, new Letter(header, before.letter().body()));
  }
}
