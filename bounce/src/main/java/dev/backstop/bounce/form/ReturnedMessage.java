package dev.backstop.bounce.form;

import dev.backstop.mail.message.Header;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an automatic message carries of the message it answers.
 *
 * @param part how much came back
 * @param messageId with angle brackets, exactly as in the returned header
 * @param from the returned From, decoded
 * @param to addresses of the returned To, bare
 * @param subject the returned Subject, decoded
 * @param date the returned Date as written
 * @param source the host that handed the returned message to the reporting side, from the returned
 *     Received fields
 * @param header every field that came back with its octets, for signatures: as they came, without
 *     transfer encoding, indentation and quote marks; folds may end in CRLF, LF, CR or CR CR LF.
 *     {@code null} when no header came back
 */
public record ReturnedMessage(
    Part part,
    @Nullable String messageId,
    @Nullable String from,
    List<String> to,
    @Nullable String subject,
    @Nullable String date,
    @Nullable Source source,
    @Nullable Header header) {

  public static final ReturnedMessage NOTHING =
      new ReturnedMessage(Part.NONE, null, null, List.of(), null, null, null, null);

  /** How much of the returned message came back. */
  public enum Part {
    FULL,
    HEADERS,
    NONE;

    /** As printed: lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Address and HELO name of the host that handed the returned message over. */
  public record Source(@Nullable String address, @Nullable String helo) {}
}
