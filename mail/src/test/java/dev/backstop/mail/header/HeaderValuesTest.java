package dev.backstop.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderValuesTest {

  @Test
  void parameters() {
    var type =
        ParameterizedValue.parse(
            "Multipart/Report (a comment); report-type=\"delivery-status\" ; BOUNDARY=\"a;\\\"b\"");
    assertThat(type.value()).isEqualTo("multipart/report");
    assertThat(type.parameter("report-type")).isEqualTo("delivery-status");
    assertThat(type.parameter("boundary")).isEqualTo("a;\"b");
    assertThat(type.parameter("charset")).isNull();
  }

  @Test
  void parametersUnquotedAndOdd() {
    var type = ParameterizedValue.parse("multipart/mixed;boundary=b/1=x;; =y;charset=utf-8 (c)");
    assertThat(type.parameter("boundary")).isEqualTo("b/1=x");
    assertThat(type.parameter("charset")).isEqualTo("utf-8");
  }

  /** The examples of RFC 2231 §3, §4 and §4.1. */
  @Test
  void parametersContinuedAndEncoded() {
    assertThat(
            ParameterizedValue.parse(
                    "message/external-body; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu/pub\"")
                .parameter("url"))
        .isEqualTo("ftp://cs.utk.edu/pub");
    assertThat(
            ParameterizedValue.parse(
                    "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A")
                .parameter("title"))
        .isEqualTo("This is ***fun***");
    assertThat(
            ParameterizedValue.parse(
                    "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20;"
                        + " title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"")
                .parameter("title"))
        .isEqualTo("This is even more ***fun*** isn't it!");
  }

  @Test
  void piecesOfAParameterMayEndWithinACharacter() {
    assertThat(ParameterizedValue.parse("a/b; n*0*=utf-8''Gr%C3; n*1*=%BCn").parameter("n"))
        .isEqualTo("Grün");
    assertThat(ParameterizedValue.parse("a/b; n*=windows-1251''%E4%E0").parameter("n"))
        .isEqualTo("да");
    assertThat(ParameterizedValue.parse("a/b; n*=x").parameter("n")).isEqualTo("x");
    assertThat(ParameterizedValue.parse("a/b; n*0=x; n*2=y").parameter("n")).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a@b.example                                | ~~             | a@b.example",
        "<a@b.example>                              | ~~             | a@b.example",
        "Alice Example <a@b.example>                | Alice Example  | a@b.example",
        "\"Example, Alice\" <a@b.example>           | Example, Alice | a@b.example",
        "a@b.example (Alice Example)                | Alice Example  | a@b.example",
        "=?utf-8?q?J=C3=BCrgen?= <j@b.example>      | Jürgen         | j@b.example",
        "\"a b\"@b.example                          | ~~             | \"a b\"@b.example",
        "MAILER-DAEMON <>                           | MAILER-DAEMON  | ~~",
        "Alice a@b.example                          | ~~             | a@b.example",
        "<@relay.example:a@b.example>               | ~~             | a@b.example",
        "Mail Delivery <MAILER-DAEMON>              | Mail Delivery  | MAILER-DAEMON",
      })
  void namedAddress(String field, String name, String address) {
    assertThat(NamedAddress.parse(field)).containsExactly(new NamedAddress(name, address));
  }

  @Test
  void listsAndGroups() {
    assertThat(NamedAddress.parse("a@x, Friends: b@x, C <c@x>;, d@x"))
        .extracting(NamedAddress::address)
        .containsExactly("a@x", "b@x", "c@x", "d@x");
    assertThat(NamedAddress.parse("undisclosed-recipients:;")).isEmpty();
    assertThat(NamedAddress.parse("")).isEmpty();
  }

  @Test
  void messageIds() {
    assertThat(MessageIds.all("<a@b> (comment)\t<c@d>")).containsExactly("<a@b>", "<c@d>");
    assertThat(MessageIds.all("Your message of Monday <a@b>")).containsExactly("<a@b>");
    assertThat(MessageIds.all("<a <b@c>")).containsExactly("<b@c>");
    assertThat(MessageIds.all("<> < > <a b>")).isEmpty();
    assertThat(MessageIds.only("<a@b>")).isEqualTo("<a@b>");
    assertThat(MessageIds.only("a@b")).isEqualTo("a@b");
    assertThat(MessageIds.only("not an id")).isNull();
    assertThat(MessageIds.only(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                                     | NO",
        "no                                    | NO",
        "No; x=y                               | NO",
        "auto-replied                          | AUTO_REPLIED",
        "AUTO-REPLIED (vacation)               | AUTO_REPLIED",
        "(x) auto-replied ; owner=\"a\"        | AUTO_REPLIED",
        "auto-generated (failure)              | AUTO_GENERATED",
        "auto-notified; owner-email=\"me@x\"   | AUTO_NOTIFIED",
        "auto-whatever                         | OTHER",
      })
  void autoSubmitted(String field, AutoSubmitted expected) {
    assertThat(AutoSubmitted.parse(field)).isEqualTo(expected);
  }

  @Test
  void addressesInText() {
    assertThat(addresses("x [192.0.2.1]:25, (2001:db8::7) and 192.0.2.2."))
        .containsExactly("192.0.2.1", "2001:db8::7", "192.0.2.2");
    assertThat(addresses("[::ffff:192.0.2.1] ffff:1.2.3 :ffff:300.1.1.1"))
        .containsExactly("192.0.2.1");
    assertThat(addresses("1.2.3 1.2.3.4.5 300.1.1.1 v1.2.3.4 12:30:45 a::b::c.d abc")).isEmpty();
  }

  private static List<String> addresses(String text) {
    var found = new java.util.ArrayList<String>();
    for (IpText.Found next = IpText.find(text, 0);
        next != null;
        next = IpText.find(text, next.end())) {
      found.add(next.address());
    }
    return found;
  }
}
