package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Sign;
import dev.backstop.bounce.words.Signs;
import dev.backstop.bounce.words.Vocabulary;
import dev.backstop.mail.header.IpText;
import dev.backstop.mail.header.Received;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.report.DeliveryStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who made an automatic message: host, program ({@code software.txt}) and address. */
final class ReporterReader {
  private ReporterReader() {}

  static Reporter read(
      Vocabulary words, HeaderMarks marks, Content content, Signs signs, Form form) {
    String mta = mta(words, marks, content, signs, form);
    String software = software(words, marks, content, signs, mta, form);
    return new Reporter(mta, software, address(marks.header(), mta));
  }

  private static @Nullable String mta(
      Vocabulary words, HeaderMarks marks, Content content, Signs signs, Form form) {
    DeliveryStatus status =
        content.deliveryStatus == null ? content.statusInText : content.deliveryStatus;
    if (status != null && status.reportingMta() != null) {
      return status.reportingMta();
    }
    if (content.disposition != null && content.disposition.reportingAgent() != null) {
      return agentHost(content.disposition.reportingAgent());
    }
    if (signs.has(Sign.HOST)) {
      String text = content.folded();
      return host(text, words.after(Sign.HOST, text));
    }
    String numbered = form == Form.BOUNCE ? beforeStatus(content.text) : null;
    return numbered != null || form != Form.BOUNCE || status != null ? numbered : domain(marks);
  }

  /** Exchange ends with {@code <host #5.1.1>}. */
  private static @Nullable String beforeStatus(String text) {
    int number = text.indexOf(" #5.");
    number = number < 0 ? text.indexOf(" #4.") : number;
    int start = number < 0 ? -1 : text.lastIndexOf('<', number);
    String host = start < 0 ? "" : text.substring(start + 1, number);
    return host.indexOf('.') > 0 && host.indexOf(' ') < 0 ? host : null;
  }

  /** {@code Reporting-UA: host; program} (RFC 8098 §3.2.1). */
  private static String agentHost(String agent) {
    int end = agent.indexOf(';');
    return (end < 0 ? agent : agent.substring(0, end)).strip();
  }

  private static @Nullable String host(String text, int start) {
    int from = start < text.length() && text.charAt(start) == ' ' ? start + 1 : start;
    int end = from;
    while (end < text.length() && text.charAt(end) > ' ' && ",;:)".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (end > from && text.charAt(end - 1) == '.') {
      end--;
    }
    return end > from ? text.substring(from, end) : null;
  }

  private static @Nullable String domain(HeaderMarks marks) {
    String from = marks.from() == null ? "" : marks.from().address();
    int at = from.lastIndexOf('@');
    return at < 0 || at + 1 == from.length() ? null : from.substring(at + 1);
  }

  private static @Nullable String software(
      Vocabulary words,
      HeaderMarks marks,
      Content content,
      Signs text,
      @Nullable String mta,
      Form form) {
    DeliveryStatus status = content.deliveryStatus;
    return words
        .software()
        .search()
        .signs(text)
        .signs(marks.subjectSigns())
        .signs(marks.senderSigns())
        .header(marks.header().fields(), marks.names(), form == Form.BOUNCE)
        .sender(marks.from() == null ? "" : marks.from().address().toLowerCase(Locale.ROOT))
        .host(mta)
        .report(status == null ? List.of() : status.fieldNames())
        .family();
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
      if (IgnoringCase.indexOf(field, mta) < 0) {
        continue; // reading a field costs ten times as much
      }
      Received received = Received.parse(field);
      if (mta.equalsIgnoreCase(received.helo()) || mta.equalsIgnoreCase(received.name())) {
        return received.address();
      }
    }
    return null;
  }
}
