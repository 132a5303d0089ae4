package dev.backstop.mail.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferEncodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "QUJDRA==           | ABCD",
        // padding missing, short, too long
        "QUJDRA             | ABCD",
        "QUJDRA=            | ABCD",
        "QUJDRA====         | ABCD",
        "QUJDRAA            | ABCD~0~",
        // a lone character at the end says nothing
        "QUJDR              | ABC",
        "Q                  | ~~",
        // garbage inside, line ends anywhere
        "QU!J*D-RA==        | ABCD",
        "Q~n~UJ~r~~n~DR~n~A==   | ABCD",
        "=QUJD              | ABC",
        // a footer behind the padding is no data
        "QUJDRA==~n~-- list | ABCD",
      })
  void base64(String encoded, String decoded) {
    assertThat(decode(TransferEncoding.BASE64, written(encoded))).isEqualTo(written(decoded));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a=3Db|a=b",
        "=e9=E9=C3=a9|ééÃ©",
        // soft line breaks, with blanks behind that were added on the way
        "a=~n~b|ab",
        "a=~r~~n~b|ab",
        "a= ~t~~n~b|ab",
        "a=~r~b|ab",
        // blanks at the end of a line do not count, written ones do
        "a  ~n~b ~r~~n~c ~t~|a~n~b~r~~n~c",
        "a=20~n~b=09|a ~n~b~t~",
        "a =~n~b|a b",
        // what is no escape stays; an equals sign at the end is a soft break
        "a=XY=4|a=XY=4",
        "a=|a",
        "a==41|a=A",
      })
  void quotedPrintable(String encoded, String decoded) {
    assertThat(decode(TransferEncoding.QUOTED_PRINTABLE, written(encoded)))
        .isEqualTo(written(decoded));
  }

  private static String written(String text) {
    String plain = text.replace("~n~", "\n").replace("~r~", "\r").replace("~t~", "\t");
    return plain.replace("~0~", "\0").replace("~~", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "base64                        | BASE64",
        "BASE64 (as they say)          | BASE64",
        "\"base64\"                    | BASE64",
        "base64;                       | BASE64",
        "Quoted-Printable              | QUOTED_PRINTABLE",
        "7bit                          | IDENTITY",
        "x-uuencode                    | IDENTITY",
        "~~                            | IDENTITY",
      })
  void names(String field, TransferEncoding encoding) {
    assertThat(TransferEncoding.of(field)).isEqualTo(encoding);
  }

  @Test
  void stopsAtTheBound() {
    byte[] bytes = "QUJDREVG".getBytes(ISO_8859_1);
    assertThat(TransferEncoding.BASE64.decode(bytes, 0, 8, 4)).hasSize(4);
    assertThat(TransferEncoding.QUOTED_PRINTABLE.decode(bytes, 0, 8, 4)).hasSize(4);
    assertThat(TransferEncoding.IDENTITY.decode(bytes, 2, 8, 4)).hasSize(4);
  }

  @FuzzTest(maxDuration = "60s")
  void decodesWhatWasEncoded(byte[] bytes) {
    isDecoded(bytes);
  }

  @Test
  void decodesWhatWasEncodedInEveryBuild() {
    var random = new Random(20261122);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      isDecoded(bytes);
    }
  }

  private static void isDecoded(byte[] bytes) {
    byte[] base64 = Base64.getMimeEncoder().encode(bytes);
    assertThat(decoded(TransferEncoding.BASE64, base64)).isEqualTo(bytes);
    assertThat(decoded(TransferEncoding.QUOTED_PRINTABLE, quoted(bytes))).isEqualTo(bytes);
    for (TransferEncoding encoding : TransferEncoding.values()) {
      assertThat(decoded(encoding, bytes)).hasSizeLessThanOrEqualTo(bytes.length);
    }
  }

  /** Every octet escaped that may be, with soft line breaks. */
  private static byte[] quoted(byte[] bytes) {
    var quoted = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      int octet = bytes[i] & 0xff;
      boolean plain = octet > ' ' && octet < 0x7f && octet != '=';
      quoted.append(plain ? String.valueOf((char) octet) : String.format("=%02X", octet));
      quoted.append(i % 20 == 19 ? "=\r\n" : "");
    }
    return quoted.toString().getBytes(ISO_8859_1);
  }

  private static byte[] decoded(TransferEncoding encoding, byte[] bytes) {
    return encoding.decode(bytes, 0, bytes.length, bytes.length);
  }

  private static String decode(TransferEncoding encoding, String text) {
    return new String(decoded(encoding, text.getBytes(ISO_8859_1)), ISO_8859_1);
  }
}
