package dev.backstop.auth.dkim;

import static dev.backstop.auth.dkim.TestMail.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedHeaderTest {
  private static final HeaderField OWN = field("DKIM-Signature", " v=1;\n\tb= ");

  private static String octets(
      Canonicalization form, List<HeaderField> fields, List<String> names) {
    var header = new SignedHeader(fields);
    byte[] octets = header.octets(form, header.covered(names, -1), OWN);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  @Test
  void rfc6376Section3Point4Point5() {
    List<HeaderField> fields = List.of(field("A", " X"), field("B ", " Y\t\r\n\tZ  "));
    List<String> names = List.of("a", "b");
    assertThat(octets(Canonicalization.RELAXED, fields, names))
        .isEqualTo("a:X\r\nb:Y Z\r\ndkim-signature:v=1; b=");
    assertThat(octets(Canonicalization.SIMPLE, fields, names))
        .isEqualTo("A: X\r\nB : Y\t\r\n\tZ  \r\nDKIM-Signature: v=1;\r\n\tb= ");
  }

  /** A file has LF alone, and must give what the wire gave. */
  @Test
  void foldsOfStoredMail() {
    for (Canonicalization form : Canonicalization.values()) {
      assertThat(octets(form, List.of(field("A", " X\n\tY\n Z")), List.of("A")))
          .isEqualTo(octets(form, List.of(field("A", " X\r\n\tY\r\n Z")), List.of("A")));
    }
  }

  @Test
  void valuesOfBlanksAndStrayLineEnds() {
    List<HeaderField> fields = List.of(field("A", ""), field("B", " \t\r\n "), field("C", "a\rb"));
    assertThat(octets(Canonicalization.RELAXED, fields, List.of("A", "B", "C")))
        .startsWith("a:\r\nb:\r\nc:a\rb\r\n");
  }

  /** RFC 6376 §5.4.2: from the bottom up, and what is not there is nothing. */
  @Test
  void fieldsAreTakenFromTheBottom() {
    List<HeaderField> fields =
        List.of(field("A", "1"), field("B", "2"), field("a", "3"), field("A", "4"));
    assertThat(octets(Canonicalization.RELAXED, fields, List.of("a", "A", "x", "B", "b", "A")))
        .startsWith("a:4\r\na:3\r\nb:2\r\na:1\r\ndkim");
  }

  @Test
  void itsOwnFieldIsNeverCovered() {
    var header =
        new SignedHeader(List.of(field("DKIM-Signature", "1"), field("DKIM-Signature", "2")));
    List<String> names = List.of("DKIM-Signature", "DKIM-Signature");
    assertThat(header.covered(names, 1)).containsExactly(0);
    assertThat(header.covered(names, -1)).containsExactly(1, 0);
  }

  @Test
  void names() {
    var header =
        new SignedHeader(List.of(field("From", ""), field("FROM \t", ""), field("Fro", "")));
    assertThat(header.count("from")).isEqualTo(2);
    assertThat(header.places("From")).containsExactly(0, 1);
    assertThat(header.count("To")).isZero();
    assertThat(header.places("To")).isEmpty();
  }

  /** Work that a stranger can make: many fields, and many names that are not among them. */
  @Test
  void manyFieldsAndNames() {
    List<HeaderField> fields = Collections.nCopies(100_000, field("A", ""));
    var header = new SignedHeader(fields);
    assertThat(header.covered(Collections.nCopies(100_000, "a"), 50_000)).hasSize(99_999);
    assertThat(header.covered(Collections.nCopies(100_000, "b"), -1)).isEmpty();
  }
}
