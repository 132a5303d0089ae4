package dev.backstop.bounce.form;

import dev.backstop.mail.header.IpText;
import dev.backstop.mail.header.Received;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.report.DeliveryStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who made an automatic message: host, program ({@code software.txt}) and address. */
final class ReporterReader {
  private static final List<String[]> ROWS = Table.read("software.txt", 3);
  private static final List<String> TEXT_NAMES = new ArrayList<>();
  private static final Phrases TEXT = phrases();

  /** Words before the host name in the texts of reports. */
  private static final List<String> BEFORE_HOST =
      List.of(
          "mail system at host ",
          "qmail-send program at ",
          "mailer program at ",
          "postfix program at host ",
          "mail agent v0.13 at ",
          "mail delivery agent at ",
          "message from mta at ",
          "delivery status notification from ");

  private ReporterReader() {}

  private static Phrases phrases() {
    List<String> words = new ArrayList<>();
    for (String[] row : ROWS) {
      if (row[1].equals("text")) {
        TEXT_NAMES.add(row[0]);
        words.add(row[2]);
      }
    }
    return new Phrases(words);
  }

  static Reporter read(HeaderMarks marks, Content content, CharSequence foldedText, Form form) {
    String mta = mta(marks, content, foldedText.toString(), form);
    String software = software(marks, content, foldedText, mta);
    return new Reporter(mta, software, address(marks.header(), mta));
  }

  private static @Nullable String mta(HeaderMarks marks, Content content, String text, Form form) {
    DeliveryStatus status =
        content.deliveryStatus == null ? content.statusInText : content.deliveryStatus;
    if (status != null && status.reportingMta() != null) {
      return status.reportingMta();
    }
    if (content.disposition != null && content.disposition.reportingAgent() != null) {
      return agentHost(content.disposition.reportingAgent());
    }
    for (String before : BEFORE_HOST) {
      int at = text.indexOf(before);
      if (at >= 0) {
        return host(text, at + before.length());
      }
    }
    return form == Form.BOUNCE && status == null ? domain(marks) : null;
  }

  /** {@code Reporting-UA: host; program} (RFC 8098 §3.2.1). */
  private static String agentHost(String agent) {
    int end = agent.indexOf(';');
    return (end < 0 ? agent : agent.substring(0, end)).strip();
  }

  private static @Nullable String host(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) > ' ' && ",;:)".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (end > start && text.charAt(end - 1) == '.') {
      end--;
    }
    return end > start ? text.substring(start, end) : null;
  }

  private static @Nullable String domain(HeaderMarks marks) {
    String from = marks.from() == null ? "" : marks.from().address();
    int at = from.lastIndexOf('@');
    return at < 0 || at + 1 == from.length() ? null : from.substring(at + 1);
  }

  private static @Nullable String software(
      HeaderMarks marks, Content content, CharSequence text, @Nullable String mta) {
    var inText = TEXT.all(text);
    int textRow = 0;
    for (String[] row : ROWS) {
      boolean fits =
          switch (row[1]) {
            case "text" -> inText.get(textRow++);
            case "report" -> hasReportField(content, row[2]);
            case "field" -> hasField(marks.header(), row[2]);
            case "mta" -> mta != null && mta.toLowerCase(Locale.ROOT).endsWith(row[2]);
            case "subject" -> marks.subject().contains(row[2]);
            default -> throw new IllegalStateException("software.txt: where is " + row[1]);
          };
      if (fits) {
        return row[0];
      }
    }
    return null;
  }

  private static boolean hasReportField(Content content, String prefix) {
    if (content.deliveryStatus == null) {
      return false;
    }
    for (String name : content.deliveryStatus.fieldNames()) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Without a colon the words are the beginning of a field's name. Of several fields with one name
   * the last counts: of Received it is the reporter's own, those above are of servers on the way.
   */
  private static boolean hasField(Header header, String words) {
    int colon = words.indexOf(':');
    if (colon < 0) {
      for (HeaderField field : header.fields()) {
        if (field.name().regionMatches(true, 0, words, 0, words.length())) {
          return true;
        }
      }
      return false;
    }
    List<String> values = header.texts(words.substring(0, colon));
    String wanted = words.substring(colon + 1).strip();
    return !values.isEmpty() && values.getLast().toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** The address in the Received field that names the reporting host, or in its own name. */
  private static @Nullable String address(Header header, @Nullable String mta) {
    if (mta == null) {
      return null;
    }
    IpText.Found literal = IpText.find(mta, 0);
    if (literal != null && literal.address().length() + 2 >= mta.length()) {
      return literal.address();
    }
    for (String field : header.texts("Received")) {
      Received received = Received.parse(field);
      if (mta.equalsIgnoreCase(received.helo()) || mta.equalsIgnoreCase(received.name())) {
        return received.address();
      }
    }
    return null;
  }
}
