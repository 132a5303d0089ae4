package dev.backstop.server.keys.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.server.keys.dkim.OpenDkimTable.Line;
import org.junit.jupiter.api.Test;

class OpenDkimTableTest {

  @Test
  void everyLineOfAKeyTableIsAKeyOrWrong() {
    String table =
        """
        # made by hand
        mail._domainkey.example.com example.com:mail:/etc/opendkim/keys/example.com/mail.private

        short\texample.net:s1:./s1.private # with a comment
        inline example.org:s2:MIICXQIBAAKBgQ==
        any    %:default:/keys/%/default.private
        windows example.info:s3:C:/keys/s3
        nonsense
        half example.com:mail
        """;

    assertThat(OpenDkimTable.keyTable(table))
        .containsExactly(
            new Line.Key(
                2,
                "mail._domainkey.example.com",
                "example.com",
                "mail",
                "/etc/opendkim/keys/example.com/mail.private"),
            new Line.Key(4, "short", "example.net", "s1", "./s1.private"),
            new Line.Key(5, "inline", "example.org", "s2", "MIICXQIBAAKBgQ=="),
            new Line.Key(6, "any", "%", "default", "/keys/%/default.private"),
            new Line.Key(7, "windows", "example.info", "s3", "C:/keys/s3"),
            new Line.Wrong(8),
            new Line.Wrong(9));
  }

  @Test
  void aKeyIsAPathWhenOpenDkimTakesItForOne() {
    assertThat(key("/x").isPath()).isTrue();
    assertThat(key("./x").isPath()).isTrue();
    assertThat(key("../x").isPath()).isTrue();
    assertThat(key("MIIC/x").isPath()).isFalse();
    assertThat(key("MIIC").toString()).doesNotContain("MIIC");
  }

  @Test
  void aSigningTableNamesKeys() {
    String table =
        "*@example.com mail._domainkey.example.com\n*@*.example.net short a@b # x\nlonely\n";

    assertThat(OpenDkimTable.signingTable(table))
        .containsExactlyInAnyOrder("mail._domainkey.example.com", "short");
  }

  private static Line.Key key(String key) {
    return new Line.Key(1, "n", "example.com", "s", key);
  }
}
