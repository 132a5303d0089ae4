package dev.backstop.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9989 §5.3.1 and §11.5. */
class AuthorDomainTest {

  static AuthorDomain of(String... fields) {
    List<HeaderField> header = new ArrayList<>();
    for (String field : fields) {
      String[] pair = field.split(":", 2);
      header.add(new HeaderField(pair[0], pair[1].getBytes(StandardCharsets.UTF_8)));
    }
    return AuthorDomain.of(header);
  }

  private static String names(AuthorDomain author) {
    return author.domains().stream().map(DnsName::text).collect(Collectors.joining(" "));
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0").replace("\\t", "\t");
  }

  // One domain.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a@example.com ~ example.com
          <a@example.com> ~ example.com
          Jane Doe <jane@Example.COM> ~ example.com
          "Doe, Jane" <jane@example.com> ~ example.com
          # names that are not in the grammar but mean one thing
          Doe, Jane <jane@example.com> ~ example.com
          J. Doe [sales] <jane@example.com> ~ example.com
          jane@bank.example <jane@example.com> ~ example.com
          Re: Jane <jane@example.com> ~ example.com
          # an address in a display name, a comment or an encoded word is none (§11.4)
          "ceo@bank.example" <evil@example.com> ~ example.com
          "a\\" <ceo@bank.example>" <evil@example.com> ~ example.com
          evil@example.com (ceo@bank.example) ~ example.com
          (ceo@bank.example) evil@example.com ~ example.com
          (a (nested <x@bank.example>) b) <evil@example.com> ~ example.com
          (\\) <x@bank.example>) <evil@example.com> ~ example.com
          =?utf-8?q?ceo=40bank.example?= <evil@example.com> ~ example.com
          =?utf-8?B?Y2VvQGJhbmsuZXhhbXBsZQ==?= <evil@example.com> ~ example.com
          # comments where they are allowed
          <a@example.com (work)> ~ example.com
          a@example.com (Jane) ~ example.com
          # quoted local parts
          "jane doe"@example.com ~ example.com
          <"a@bank.example"@example.com> ~ example.com
          <"a>b"@example.com> ~ example.com
          # several of one domain
          a@example.com, b@EXAMPLE.com ~ example.com
          , a@example.com ,, ~ example.com
          # groups
          Sales: a@example.com, b@example.com; ~ example.com
          "x@y.example": a@example.com; ~ example.com
          # U-labels become A-labels
          a@bücher.example ~ xn--bcher-kva.example
          a@BÜCHER.example, b@xn--bcher-kva.example ~ xn--bcher-kva.example
          # folds, tabs
          Jane\\r\\n <jane@example.com> ~ example.com
          Jane\\n\\t<jane@example.com> ~ example.com
          \\tjane@example.com\\t ~ example.com
          # one label
          root@localhost ~ localhost
          """)
  void one(String field, String domain) {
    assertThat(of("From:" + unescaped(field))).isEqualTo(new AuthorDomain.One(DnsName.of(domain)));
  }

  // Several, as the grammar allows.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a@example.com, b@example.net ~ example.com example.net
          <first@evil.example>, <ceo@bank.example> ~ evil.example bank.example
          A <a@example.com>; B <b@example.net> ~ example.com example.net
          x:a@example.com;, b@example.net ~ example.com example.net
          a@example.com, b@mail.example.com ~ example.com mail.example.com
          """)
  void several(String field, String domains) {
    assertThat(of("From:" + field)).isInstanceOf(AuthorDomain.Several.class);
    assertThat(names(of("From:" + field))).isEqualTo(domains);
  }

  // Fields that programs read in different ways, with every domain that one may see.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      emptyValue = "",
      textBlock =
          """
          # two addresses in one entry
          <evil@evil.example><ceo@bank.example> ~ two addresses without a comma ~ evil.example bank.example
          <evil@evil.example> <ceo@bank.example> ~ two addresses without a comma ~ evil.example bank.example
          <evil@evil.example> ceo@bank.example ~ text after the address ~ evil.example bank.example
          <evil@evil.example> "x" ~ text after the address ~ evil.example
          evil@evil.example (c) ceo@bank.example ~ words around an address without brackets ~ evil.example bank.example
          Jane evil@evil.example ~ words around an address without brackets ~ evil.example
          # the obsolete route
          <@evil.example,@any.example:ceo@bank.example> ~ a route before the address ~ bank.example
          # quoted pairs outside quotes
          <ceo@bank.example>\\, <evil@evil.example> ~ a backslash outside quotes ~ bank.example evil.example
          ceo@bank.example\\,evil@evil.example ~ a backslash outside quotes ~ bank.example evil.example
          # a zero octet ends the text for some
          <ceo@bank.example\\0@evil.example> ~ a control character ~ bank.example evil.example
          ceo@bank.example\\0 <evil@evil.example> ~ a control character ~ evil.example bank.example
          # line ends that are no folds
          ceo@bank.example\\rX <evil@evil.example> ~ a line end that is no fold ~ evil.example bank.example
          a@evil.example\\nFrom: ceo@bank.example ~ a line end that is no fold ~ evil.example bank.example
          # an encoded word in place of the address
          =?utf-8?q?ceo@bank.example?= ~ an address that is none ~ bank.example
          =?utf-8?B?Y2VvQGJhbmsuZXhhbXBsZQ==?= ~ no address ~ ``
          <=?utf-8?B?Y2VvQGJhbmsuZXhhbXBsZQ==?=> ~ an address that is none ~ ``
          ceo@=?utf-8?q?bank.example?= ~ an address that is none ~ ``
          # two at signs
          <ceo@bank.example@evil.example> ~ an address that is none ~ bank.example evil.example
          ceo@bank.example:evil@evil.example ~ a colon within an address ~ bank.example evil.example
          # ends that are missing
          <evil@evil.example ~ an angle bracket without its end ~ evil.example
          evil@evil.example> ~ an angle bracket that closes nothing ~ evil.example
          "Jane <evil@evil.example> ~ a quoted string without its end ~ evil.example
          (Jane <evil@evil.example> ~ a comment without its end ~ ``
          # no domain
          `` ~ no address ~ ``
          Jane ~ no address ~ ``
          <> ~ an address that is none ~ ``
          Undisclosed recipients:; ~ no address ~ ``
          a@[192.0.2.1] ~ an address literal instead of a domain ~ ``
          a@example..com ~ an address that is none ~ ``
          a@example.com, broken@ ~ an address that is none ~ example.com
          a@b\u0001.example ~ a control character ~ ``
          """)
  void unreadable(String field, String reason, String domains) {
    AuthorDomain author = of("From:" + unescaped(field));
    assertThat(author).isInstanceOf(AuthorDomain.Unreadable.class);
    assertThat(((AuthorDomain.Unreadable) author).reason()).isEqualTo(reason);
    assertThat(names(author)).isEqualTo(domains);
  }

  /** RFC 5322 §3.4.1 and §4.4: blanks may stand around the at sign and the dots. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@ good.example",
        "anna @good.example",
        "Anna <anna@ good.example>",
        "Anna <anna @ good . example>",
        "anna@\r\n good.example",
        "\"a @ b\"@ good.example"
      })
  void blanksWithinAnAddress(String field) {
    assertThat(of("From: " + field)).isEqualTo(new AuthorDomain.One(DnsName.of("good.example")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna@good.example <>", "<> anna@good.example"})
  void anAddressBesideEmptyBrackets(String field) {
    AuthorDomain author = of("From: " + field);
    assertThat(author).isInstanceOf(AuthorDomain.Unreadable.class);
    assertThat(author.domains()).containsExactly(DnsName.of("good.example"));
  }

  @Test
  void fields() {
    assertThat(of("To: a@example.com", "Resent-From: b@example.com"))
        .isEqualTo(new AuthorDomain.Missing());
    assertThat(of("from: a@example.com"))
        .isEqualTo(new AuthorDomain.One(DnsName.of("example.com")));
    assertThat(of("From: a@example.com", "FROM: b@example.net", "From : c@example.com"))
        .isEqualTo(
            new AuthorDomain.Repeated(
                3, List.of(DnsName.of("example.com"), DnsName.of("example.net"))));
    assertThat(of("From: a@example.com", "From: a@example.com"))
        .isEqualTo(new AuthorDomain.Repeated(2, List.of(DnsName.of("example.com"))));
  }

  @Test
  void bounds() {
    String many =
        IntStream.range(0, 5000)
            .mapToObj(i -> "a@d" + i + ".example")
            .collect(Collectors.joining(","));
    assertThat(of("From: " + many.substring(0, 10_000)).domains())
        .hasSize(AuthorDomain.MAX_DOMAINS);
    assertThat(of("From: " + "a@b.example,".repeat(2000) + "c@d.example"))
        .as("read to its end: the last may be the one that counts")
        .isEqualTo(
            new AuthorDomain.Several(List.of(DnsName.of("b.example"), DnsName.of("d.example"))));
    String[] repeated = new String[50];
    Arrays.fill(repeated, "From: a@b.example");
    repeated[49] = "From: c@d.example";
    assertThat(of(repeated).domains())
        .containsExactly(DnsName.of("b.example"), DnsName.of("d.example"));
    assertThat(of("From: " + "(".repeat(1_100_000)))
        .isEqualTo(new AuthorDomain.Unreadable("From is longer than anybody writes", List.of()));
    String[] fields = new String[1000];
    Arrays.fill(fields, "From: " + "<".repeat(1000));
    assertThat(of(fields)).isInstanceOf(AuthorDomain.Repeated.class);
  }

  /** Bytes that are no UTF-8 in a display name hurt nobody. */
  @Test
  void brokenUtf8() {
    byte[] value = " M\u00fcller <m@example.com>".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(AuthorDomain.of(List.of(new HeaderField("From", value))))
        .isEqualTo(new AuthorDomain.One(DnsName.of("example.com")));
  }
}
