package dev.backstop.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharsetsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // none, unknown or impossible
        "``                | fc               | ü",
        "``                | c3bc             | ü",
        "x-unknown         | c3bc             | ü",
        "unknown-8bit      | fc               | ü",
        "../../etc         | c3bc             | ü",
        // lies
        "us-ascii          | c3bc             | ü",
        "us-ascii          | 93fc94           | “ü”",
        "iso-8859-1        | c3bc             | ü",
        "iso-8859-1        | 80               | €",
        "windows-1252      | e282ac           | €",
        "koi8-r            | c3bc             | ü",
        "windows-1251      | e4e0             | да",
        "utf-8             | fc41             | \uFFFDA",
        // cut within a character
        "``                | 41c3bcc3         | Aü",
        "us-ascii          | 41c3             | AÃ",
        // names as senders write them
        "utf8              | c3bc             | ü",
        "\"utf-8\"         | c3bc             | ü",
        "' UTF-8 '         | c3bc             | ü",
        "win-1251          | e4e0             | да",
        "cp-1251           | e4e0             | да",
        "cp932             | 8740             | ①",
        "x-sjis            | 93fa             | 日",
        "gb2312            | 87f8             | 國",
        "x-gbk             | c8d5             | 日",
        "ks_c_5601-1987    | 8141             | 갂",
        "x-x-big5          | a4e9             | 日",
        "iso-8859-8-i      | e0               | א",
        "macintosh         | 9f               | ü",
        // escapes and shifts
        "iso-2022-jp       | 1b2442467c1b2842 | 日",
        "iso-2022-jp       | 1b2849311b2842   | ｱ",
        "hz-gb-2312        | 7e7b48557e7d2e   | 日.",
        "hz-gb-2312        | 7e7e7e0a41       | ~A",
        "utf-7             | 412b496d494e2d2e | A≢.",
        "utf-7             | 2b2d2b5a6555     | +日",
        // UTF-16 with and without a mark
        "utf-16            | feff00fc         | ü",
        "utf-16            | fffefc00         | ü",
        "utf-16            | fc004100         | üA",
        "utf-16            | 00fc0041         | üA",
        "utf-16le          | 4100             | A",
        "utf-16            | 4142             | AB",
        "utf-8             | efbbbf41         | A",
        "utf-32            | 00000041         | A",
      })
  void names(String name, String hex, String text) {
    assertThat(Charsets.decode(HexFormat.of().parseHex(hex), name)).isEqualTo(text);
  }

  @FuzzTest(maxDuration = "60s")
  void decodesAnything(byte[] bytes) {
    String[] names = {"", "utf-7", "hz-gb-2312", "utf-16", "utf-16le", "iso-2022-jp", "gb2312"};
    for (String name : names) {
      assertThat(Charsets.decode(bytes, name)).isNotNull();
    }
  }
}
