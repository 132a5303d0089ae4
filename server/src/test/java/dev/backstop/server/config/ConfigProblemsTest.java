package dev.backstop.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # words
          mode = "on"                        | mode                 | must be one of "observe", "enforce", "auto"
          answers.unproven = "reject"        | answers.unproven     | must be one of "pass", "mark", "quarantine", "refuse"
          answers.never-sends = true         | answers.never-sends  | unknown key
          address."a@b.example".mode = "auto" | address."a@b.example" | is in no domain of the list domains
          address."nobody".mode = "auto"     | address.nobody       | is not a mailbox
          tagging.form = "btv1"              | tagging.form         | must be one of "prvs", "sub-address"
          mode = true                        | mode                 | must be a string
          mode = ["enforce"]                 | mode                 | must be a string

          # checks of senders
          dns.servers = ["ns.example.com"]   | dns.servers[0]       | not an address, or not a port of it
          dns.servers = ["127.0.0.1:0"]      | dns.servers[0]       | not an address, or not a port of it
          dns.servers = ["[::1]:x"]          | dns.servers[0]       | not an address, or not a port of it
          auth.check = "yes"                 | auth.check           | must be true or false, without quotes
          auth.max-queries = 5               | auth.max-queries     | must be a whole number from 10 to 1000
          dmarc.mode = "reject"              | dmarc.mode           | must be one of "observe", "enforce"
          dmarc.except = ["192.0.2.1/24"]    | dmarc.except[0]      | has bits set after the prefix
          dmarc.except = ["::/0"]            | dmarc.except[0]      | would let all mail of the world through
          dmarc.except = ["a_b.example"]     | dmarc.except[0]      | not a domain name: '_' is not allowed in it

          # reporting hosts
          backscatterers.share = 50          | backscatterers.share | must be a whole number from 51 to 100
          backscatterers.least = 0           | backscatterers.least | must be a whole number from 1 to 1000000
          backscatterers.half-life = "1m"    | backscatterers.half-life | must be from 1h to 90d
          backscatterers.lists = ["192.0.2.1"] | backscatterers.lists[0] | not a domain name but an address
          backscatterers.lists = ["a.x","b.x","c.x","d.x","e.x","f.x","g.x","h.x","i.x"] | backscatterers.lists | has more than 8 lists

          # domain names
          domains = ["exa mple"]             | domains[0]           | not a domain name: ' ' is not allowed in it
          domains = ["a.example", "b..c"]    | domains[1]           | not a domain name
          domains = ["a.example."]           | domains[0]           | not a domain name
          domains = ["-a.example"]           | domains[0]           | not a domain name
          domains = ["192.0.2.1"]            | domains[0]           | not a domain name but an address
          domains = ["straße.example"]       | domains[0]           | write it with xn-- labels
          domains = ["a.example", "A.example"] | domains[1]         | stands twice in the list
          domain."a.example".mode = "enforce" | domain."a.example"  | is not in the list domains

          # addresses and networks
          networks = ["127.0.0.1/8"]         | networks[0]          | is it 127.0.0.0/8?
          networks = ["0.0.0.0/0"]           | networks[0]          | all mail of the world
          networks = ["192.0.2.0/33"]        | networks[0]          | longer than 32 bits
          networks = ["192.0.2.0/"]          | networks[0]          | not a number of bits
          networks = ["192.0.2"]             | networks[0]          | not an IPv4 or IPv6 address
          networks = ["mail.example.com"]    | networks[0]          | not an IPv4 or IPv6 address
          networks = ["fe80::1%lo"]          | networks[0]          | not an IPv4 or IPv6 address
          networks = [127]                   | networks[0]          | not an IPv4 or IPv6 address
          milter.listen = "127.0.0.1"        | milter.listen        | has no port
          milter.listen = "localhost:8891"   | milter.listen        | write 127.0.0.1 or [::1]
          milter.listen = "::1:8891"         | milter.listen        | stands in brackets
          milter.listen = "127.0.0.1:99999"  | milter.listen        | 0 to 65535
          milter.listen = "unix:milter"      | milter.listen        | starts with /
          web.listen = "unix:/run/web"       | web.listen           | not an IPv4 or IPv6 address
          web.listen = "127.0.0.1:8892"      | web.listen           | is taken by table.listen = "127.0.0.1:8892"
          web.listen = "0.0.0.0:8891"        | web.listen           | is taken by milter.listen
          tagging.except = ["a@@b"]          | tagging.except[0]    | not a mailbox

          # recipients
          recipients.files = [""]            | recipients.files[0]  | must be a path
          recipients.sub-address = "a"       | recipients.sub-address | must be one character such as + or -
          recipients.sub-address = "++"      | recipients.sub-address | must be one character such as + or -
          recipients.cache = "8d"            | recipients.cache     | must be from 0s to 7d
          recipients.negative-cache = "2d"   | recipients.negative-cache | must be from 0s to 1d
          recipients.time-limit = "2m"       | recipients.time-limit | must be from 1s to 1m
          recipients.file = ["a"]            | recipients.file      | did you mean recipients.files?
          recipients.ldap.urls = ["http://a.example"] | recipients.ldap.urls[0] | must begin with ldap:// or ldaps://
          recipients.ldap.urls = ["ldap://a.example/dc=x"] | recipients.ldap.urls[0] | base and filter have keys of their own
          recipients.ldap.urls = ["ldap://a.example:0"] | recipients.ldap.urls[0] | has no port from 1 to 65535
          recipients.ldap.urls = ["ldap://::1"] | recipients.ldap.urls[0] | stands in brackets
          recipients.ldap.urls = ["ldap://[::1"] | recipients.ldap.urls[0] | has no closing bracket
          recipients.ldap.urls = "ldap://a.example" | recipients.ldap.urls | needs base, where the search begins
          recipients.ldap.base = "dc=example" | recipients.ldap     | needs urls, whom to ask
          recipients.ldap.base = ""          | recipients.ldap.base | must have 1 to 2000 characters
          recipients.ldap.filter = "mail={address}" | recipients.ldap.filter | must stand in parentheses
          recipients.ldap.filter = "(a={address}))(" | recipients.ldap.filter | must stand in parentheses
          recipients.ldap.filter = "(a={mail})" | recipients.ldap.filter | knows {address}, {local} and {domain}, not {mail}
          recipients.ldap.filter = "(o={domain})" | recipients.ldap.filter | finds the same for everybody
          recipients.ldap.connections = 9    | recipients.ldap.connections | must be a whole number from 1 to 8
          recipients.sql.url = "jdbc:mysql://a/b" | recipients.sql.url | must begin with jdbc:postgresql: or jdbc:sqlite:
          recipients.sql.url = "jdbc:postgresql://a/b?password=x" | recipients.sql.url | write it to a password-file
          recipients.sql.url = "jdbc:sqlite:/x" | recipients.sql.url | needs query, what to ask
          recipients.sql.user = "a"          | recipients.sql       | needs url, whom to ask
          recipients.sql.query = "delete from users where mail = :address" | recipients.sql.query | must begin with select or with
          recipients.sql.query = "select 1; select :address" | recipients.sql.query | must have no ";"
          recipients.sql.query = "select 1 from u where m = ?" | recipients.sql.query | must have no "?"
          recipients.sql.query = "select 1 from u where m = :mail" | recipients.sql.query | knows :address, :local and :domain, not :mail
          recipients.sql.query = "select 1 from u where d = :domain" | recipients.sql.query | finds the same for everybody
          recipients.sql.connections = 5     | recipients.sql.connections | must be a whole number from 1 to 4
          recipients.call-out.server = "a b" | recipients.call-out.server | not a host name or address
          recipients.call-out.server = "192.0.2" | recipients.call-out.server | not an IPv4 or IPv6 address
          recipients.call-out.sender = ""    | recipients.call-out.sender | not a sender
          recipients.call-out.max-rate = 0   | recipients.call-out.max-rate | must be a whole number from 1 to 10000

          # the webhook
          attacks.webhook = "https://a.example/" | attacks.webhook  | needs webhook-secret-file
          attacks.webhook = "http://a.example/"  | attacks.webhook  | must begin with https://
          attacks.webhook = "ftp://localhost/"   | attacks.webhook  | must begin with https://
          attacks.webhook = "https://u:p@a.example/" | attacks.webhook | no user name
          attacks.webhook = "https:///path"      | attacks.webhook  | like https://host/path
          attacks.webhook = "https://a b/"       | attacks.webhook  | not an address of the web
          attacks.webhook = "https://a.example:0/" | attacks.webhook | no such port
          attacks.webhook-secret-file = ""       | attacks.webhook-secret-file | must be a path
          attacks.least = 9                      | attacks.least    | from 10 to 100000
          attacks.enabled = "yes"                | attacks.enabled  | must be true or false

          # numbers and units
          journal.keep = "30"                | journal.keep         | a whole number and s, m, h or d
          journal.keep = 30                  | journal.keep         | a whole number and s, m, h or d
          journal.keep = "30 years"          | journal.keep         | a whole number and s, m, h or d
          journal.keep = "-1d"               | journal.keep         | a whole number and s, m, h or d
          journal.keep = "1s"                | journal.keep         | must be from 1d to 366d
          events.keep = "9999999999d"        | events.keep          | a whole number and s, m, h or d
          milter.idle-timeout = "2d"         | milter.idle-timeout  | must be from 1s to 1d
          milter.body-limit = "1GiB"         | milter.body-limit    | a whole number and B, KiB or MiB
          milter.body-limit = "999MiB"       | milter.body-limit    | must be from 16KiB to 64MiB
          milter.max-recipients = 99         | milter.max-recipients | must be a whole number from 100
          milter.max-connections = "10"      | milter.max-connections | must be a whole number from 1
          milter.max-connections = 9999999999999 | milter.max-connections | must be a whole number from 1

          # keys and tables
          domain = "example.com"             | domain               | must be a table
          milter = "127.0.0.1:8891"          | milter               | must be a table
          milter.idle_timeout = "5m"         | milter.idle_timeout  | did you mean milter.idle-timeout?
          domian = ["example.com"]           | domian               | did you mean
          milter.colour = "red"              | milter.colour        | unknown key; known here are listen, max-connections
          data = ""                          | data                 | must be a path
          """)
  void eachProblemSaysKeyAndReason(String line, String key, String reason) throws Exception {
    assertThat(problems(line))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.key()).isEqualTo(key);
          assertThat(problem.reason()).contains(reason);
          assertThat(problem.line()).isEqualTo(1);
        });
  }

  @Test
  void allProblemsAreReportedTogetherWithLineValueAndExample() throws Exception {
    assertThat(
            problems(
                """
                # ours
                mode = "enforced"

                [milter]
                listen = [
                  "127.0.0.1:8891",
                  "8891",
                ]
                max-recipients = 1

                [journal]
                kepe = "1d"
                """))
        .map(Problem::toString)
        .containsExactly(
            "line 2: mode = \"enforced\": must be one of \"observe\", \"enforce\", \"auto\";"
                + " for example: mode = \"observe\"",
            "line 5: milter.listen[1] = \"8891\": has no port;"
                + " for example: listen = [\"127.0.0.1:8891\"]",
            "line 9: milter.max-recipients = 1: must be a whole number from 100 to 1000000;"
                + " for example: max-recipients = 2000",
            "line 12: journal.kepe: unknown key; did you mean journal.keep?");
  }

  @Test
  void keysInTextAreNotTakenForKeysOfTheFile() throws Exception {
    assertThat(
            problems(
                """
                data = '''
                mode = "not this one"
                '''
                mode = "x"
                """))
        .anySatisfy(problem -> {
          assertThat(problem.key()).isEqualTo("mode");
          assertThat(problem.line()).isEqualTo(4);
        });
  }

  @Test
  void whatIsNotTomlNamesTheLine() throws Exception {
    assertThat(problems("mode = \"observe\"\nmode = = 1\n"))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.line()).isEqualTo(2);
          assertThat(problem.reason()).startsWith("not TOML: ");
        });
  }

  @Test
  void unreadableFilesAreProblemsToo() throws Exception {
    Path missing = folder.resolve("missing.toml");
    assertThat(failure(missing)).hasMessage(missing + ": no such file");
    assertThat(failure(folder)).hasMessageContaining("cannot be read");
    Path latin = Files.write(folder.resolve("latin.toml"), new byte[] {'#', (byte) 0xe9});
    assertThat(failure(latin)).hasMessageContaining("not UTF-8 text");
    Path long1 = Files.write(folder.resolve("long.toml"), new byte[4 * 1024 * 1024 + 1]);
    assertThat(failure(long1)).hasMessageContaining("longer than 4MiB");
  }

  @Test
  void deepNestingIsAnErrorAndNotAnOverflow() throws Exception {
    assertThat(problems("x = " + "[".repeat(100_000))).isNotEmpty();
    assertThat(problems("a" + ".a".repeat(100_000) + " = 1")).isNotEmpty();
  }

  private List<Problem> problems(String text) throws Exception {
    return failure(Files.writeString(folder.resolve("backstop.toml"), text)).problems();
  }

  private static ConfigException failure(Path file) {
    return catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(file));
  }
}
