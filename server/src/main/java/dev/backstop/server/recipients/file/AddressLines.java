package dev.backstop.server.recipients.file;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.recipients.source.Wanted;
import java.io.BufferedReader;
import java.io.IOException;

/**
 * Reads a list of addresses: one a line, or {@code @domain} for all of a domain; {@code #} begins a
 * comment. What stands after white space is left unread, so that tables of Postfix will do.
 *
 * @param lines that say something
 * @param ignored lines among them that are no address
 * @param firstIgnored number of the first of those, counted from 1; 0: none
 */
record AddressLines(AddressList addresses, int lines, int ignored, int firstIgnored) {
  static final int MOST_LINES = 1_000_000;

  /**
   * Reads to the end.
   *
   * @throws IOException when there are more than {@value #MOST_LINES} lines
   */
  static AddressLines read(BufferedReader reader) throws IOException {
    AddressList.Builder addresses = new AddressList.Builder();
    int number = 0;
    int said = 0;
    int ignored = 0;
    int firstIgnored = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      String text = meaning(line);
      if (!text.isEmpty()) {
        said++;
        if (!add(text, addresses)) {
          ignored++;
          firstIgnored = firstIgnored == 0 ? number : firstIgnored;
        }
      }
      if (number > MOST_LINES) {
        throw new IOException("has more than " + MOST_LINES + " lines");
      }
    }
    return new AddressLines(addresses.build(), said, ignored, firstIgnored);
  }

  private static String meaning(String line) {
    String text = line.strip();
    if (text.startsWith("#")) {
      return "";
    }
    if (text.startsWith("\"")) {
      return text; // a quoted local part may have spaces
    }
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  private static boolean add(String text, AddressList.Builder addresses) {
    try {
      boolean all = text.startsWith("@");
      Wanted read = Wanted.of(Mailbox.parse(all ? "all" + text : text), "");
      if (all) {
        addresses.catchAll(read.domain());
      } else {
        addresses.address(read.local(), read.domain());
      }
      return true;
    } catch (AddressSyntaxException e) {
      return false;
    }
  }
}
