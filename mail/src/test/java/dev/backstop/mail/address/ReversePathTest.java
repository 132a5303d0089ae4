package dev.backstop.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReversePathTest {

  @Test
  void onlyTwoBracketsAreTheNullReversePath() throws AddressSyntaxException {
    assertThat(ReversePath.parse("<>")).isSameAs(NullReversePath.INSTANCE);
    assertThat(NullReversePath.INSTANCE.toPath()).isEqualTo("<>");
  }

  /**
   * Senders that a widespread mail server is known to turn into the null reverse-path, and their
   * kin. Each must be an error: a forged sender that reads as null would be taken for a bounce.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "< >",
        "<\"\">",
        "<@a:>",
        "<()>",
        "<undisclosed:;>",
        "<<>>",
        "<\t>",
        "<;>",
        "<,>",
        "<:;>",
        "<(comment)>",
        "<@a,@b:>",
        "<\"\"@>",
        "<@>",
        "< <> >",
        "<\"\" <>>",
        "<a:;>",
        "<(a)(b)>",
        "",
        " ",
        "<",
        ">",
        "<> ",
        " <>",
        "<>x",
        "x<>",
        "<\u0000>",
        "<\r\n>"
      })
  void whatDoesNotParseIsNeverNull(String sender) {
    assertThatThrownBy(() -> ReversePath.parse(sender)).isInstanceOf(AddressSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // as in the examples of RFC 5321
        "<user@example.com>             | user          | example.com",
        "user@example.com               | user          | example.com",
        "<User.Name+tag@EXAMPLE.com>    | User.Name+tag | example.com",
        // source routes are dropped, RFC 5321 §4.1.1.3
        "<@a.example,@b.example:u@c.example> | u        | c.example",
        // quoted local parts stay as they are
        "<\"a b\"@example.com>          | \"a b\"       | example.com",
        "<\"a\\\"b\"@example.com>       | \"a\\\"b\"    | example.com",
        "<\"<>\"@example.com>           | \"<>\"        | example.com",
        // literals
        "<u@[192.0.2.1]>                | u             | [192.0.2.1]",
        "<u@[IPv6:2001:db8::1]>         | u             | [ipv6:2001:db8::1]",
        // RFC 6531
        "<jürgen@münchen.example>       | jürgen        | münchen.example",
        // deliberately accepted: such mailboxes exist
        "<a..b@example.com>             | a..b          | example.com",
        "<a.@example.com>               | a.            | example.com",
        "<u@host_name.example>          | u             | host_name.example",
        // tags of BATV and SRS
        "<prvs=02694aa88d=u@test.ex>    | prvs=02694aa88d=u | test.ex",
      })
  void mailboxes(String path, String localPart, String domain) throws AddressSyntaxException {
    assertThat(ReversePath.parse(path)).isEqualTo(new Mailbox(localPart, domain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<user>",
        "<user@>",
        "<@example.com>",
        "<a b@example.com>",
        "<a@b@c>",
        "<a@b..c>",
        "<a@.b>",
        "<a@b.>",
        "<a@[]>",
        "<a@[1>",
        "<\"a@b>",
        "<\"a\"b@c>",
        "<a@b",
        "a@b>",
        "<a@b c>",
        "<a,b@c>",
        "<a@b>x",
        "<a\u0007@b>",
        "<\"a\u0085\"@b>",
        "<a\ud800@b>",
        "<a\ufffd@b>",
        "<a@b\r\nRCPT TO:<c@d>"
      })
  void brokenMailboxesAreErrors(String path) {
    assertThatThrownBy(() -> ReversePath.parse(path))
        .isInstanceOf(AddressSyntaxException.class)
        .message()
        .isNotBlank()
        .matches("\\P{Cntrl}+");
  }

  @Test
  void aLineEndBehindABackslashIsNotQuotedThrough() {
    assertThatThrownBy(() -> ReversePath.parse("<\"a\\\r\nDATA\"@b>"))
        .isInstanceOf(AddressSyntaxException.class);
  }

  @Test
  void lengthIsBounded() {
    String longest = "<" + "a".repeat(Mailbox.MAX_LENGTH) + "@b>";
    assertThatThrownBy(() -> ReversePath.parse(longest)).isInstanceOf(AddressSyntaxException.class);
  }

  @Test
  void theBoundIsOfTheAddressAndNotOfItsBrackets() throws AddressSyntaxException {
    String longest = "a".repeat(Mailbox.MAX_LENGTH - 2) + "@b";
    ReversePath path = ReversePath.parse(longest);
    assertThat(ReversePath.parse(path.toPath())).isEqualTo(path);
    assertThatThrownBy(() -> ReversePath.parse("<a" + longest + ">"))
        .isInstanceOf(AddressSyntaxException.class);
  }

  /** The capital I with a dot becomes two characters. */
  @ParameterizedTest
  @ValueSource(ints = {62, 63})
  void aDomainThatGrowsInLowerCaseIsMeasuredThen(int letters) throws AddressSyntaxException {
    String written = "u@" + "a".repeat(letters - 1) + "\u0130";
    if (letters == 63) {
      assertThatThrownBy(() -> ReversePath.parse(written))
          .isInstanceOf(AddressSyntaxException.class);
    } else {
      ReversePath path = ReversePath.parse(written);
      assertThat(ReversePath.parse(path.toPath())).isEqualTo(path);
    }
  }
}
