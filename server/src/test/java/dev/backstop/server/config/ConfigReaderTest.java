package dev.backstop.server.config;

import static dev.backstop.bounce.policy.Measure.MARK;
import static dev.backstop.bounce.policy.Measure.PASS;
import static dev.backstop.bounce.policy.Measure.QUARANTINE;
import static dev.backstop.bounce.policy.Measure.REFUSE;
import static dev.backstop.bounce.policy.RefusalStage.END;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.policy.Policy;
import dev.backstop.bounce.policy.RefusalStage;
import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.dns.DnsName;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  @TempDir Path folder;

  @Test
  void anEmptyFileGivesTheDefaults() throws Exception {
    BackstopConfig config = read("");
    assertThat(config).isEqualTo(BackstopConfig.defaults());
    assertThat(config.answers()).isEqualTo(new Answers(AnswerMode.OBSERVE, Policy.DEFAULT));
    assertThat(config.addresses()).isEmpty();
    assertThat(config.domains()).isEmpty();
    assertThat(config.networks()).map(Network::toString).containsExactly("127.0.0.0/8", loopback());
    assertThat(config.data()).isNull();
    assertThat(config.tagging()).isEqualTo(new Tagging(TagForm.PRVS, List.of(), true));
    assertThat(config.journal()).isEqualTo(new Journal(Duration.ofDays(30), Duration.ZERO));
    assertThat(config.events().keep()).isEqualTo(Duration.ofDays(30));
    assertThat(config.dns()).isEqualTo(new Dns(List.of(), Duration.ofSeconds(2)));
    assertThat(config.auth())
        .isEqualTo(
            new Auth(true, Optional.empty(), 200, Duration.ofSeconds(20), Duration.ofDays(7)));
    assertThat(config.dmarc()).isEqualTo(new Dmarc(Mode.OBSERVE, List.of()));
    assertThat(config.backscatterers())
        .isEqualTo(
            new BackscattererRules(List.of(), Duration.ofDays(7), 5, 90, Duration.ofSeconds(5)));
    assertThat(config.attacks())
        .isEqualTo(new Attacks(true, 20, Optional.empty(), Optional.empty()));
    assertThat(config.recipients().isOn()).isFalse();
    assertThat(config.recipients().files()).isEmpty();
    assertThat(config.recipients().subAddress()).isEqualTo("+");
    assertThat(config.recipients().cache()).isEqualTo(Duration.ofHours(1));
    assertThat(config.recipients().negativeCache()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.recipients().timeLimit()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.recipients().ldap())
        .isEqualTo(
            new LdapDirectory(
                List.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "(|(mail={address})(proxyAddresses=smtp:{address}))",
                List.of(),
                2,
                100));
    assertThat(config.recipients().sql())
        .isEqualTo(
            new SqlDirectory(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                2,
                100));
    assertThat(config.recipients().callOut())
        .isEqualTo(new CallOut(Optional.empty(), NullReversePath.INSTANCE, List.of(), 10));
    assertThat(config.milter())
        .isEqualTo(
            new Milter(
                List.of(ListenAddress.parse("127.0.0.1:8891")),
                10_000,
                Duration.ofHours(2),
                2000,
                2000,
                1_048_576,
                262_144,
                Milter.OnStoreFailure.ACCEPT));
    assertThat(config.table().listen()).map(Object::toString).containsExactly("127.0.0.1:8892");
    assertThat(config.web().listen()).map(Object::toString).containsExactly("127.0.0.1:8025");
  }

  private RecipientRules otherRecipients() {
    return new RecipientRules(
        List.of(folder.resolve("users"), Path.of("/etc/aliases.txt")),
        "-",
        Duration.ofHours(2),
        Duration.ofMinutes(1),
        Duration.ofSeconds(3),
        new LdapDirectory(
            List.of(
                new LdapUrl(true, new HostPort("ldap.example.com", 636)),
                new LdapUrl(false, new HostPort("2001:db8::1", 1389))),
            false,
            Optional.of(folder.resolve("ca.pem")),
            Optional.of("cn=backstop,dc=example"),
            Optional.of(folder.resolve("ldap.password")),
            Optional.of("dc=example"),
            "(&(uid={local})(ou={domain}))",
            List.of("example.com"),
            4,
            50),
        new SqlDirectory(
            Optional.of("jdbc:postgresql://db.example.com/mail"),
            Optional.of("backstop"),
            Optional.of(folder.resolve("sql.password")),
            Optional.of("select 1 from users where mail = :address"),
            List.of("example.com"),
            1,
            20),
        new CallOut(
            Optional.of(NextHop.parse("192.0.2.9:2525", TlsPolicy.MAY, Identify.NONE)),
            new Mailbox("probe", "example.com"),
            List.of("example.com"),
            5));
  }

  @Test
  void everyKeyCanBeSetToSomethingElse() throws Exception {
    BackstopConfig config =
        read(
            """
            mode = "enforce"
            domains = ["Example.COM", "bücher.example"]
            networks = ["192.0.2.0/24", "2001:db8::1"]
            data = "state"

            [answers]
            backscatter = "mark"
            suspicious = "quarantine"
            unproven = "quarantine"
            in-attack = "refuse"
            refuse-at = "end"

            [domain."EXAMPLE.com"]
            mode = "auto"
            backscatter = "quarantine"
            suspicious = "refuse"
            unproven = "mark"
            in-attack = "pass"
            refuse-at = "recipient"
            never-sends = true

            [address."NOREPLY@example.com"]
            mode = "observe"
            backscatter = "pass"
            never-sends = false
            refuse-at = "end"

            [domain."bücher.example"]
            tag-form = "prvs"
            dmarc = "observe"

            [tagging]
            form = "sub-address"
            except = ["lists.example.org", "owner@list.example"]
            token = false

            [journal]
            keep = "40d"
            pause-tolerated = "10m"

            [events]
            keep = "36h"

            [dns]
            servers = ["192.0.2.53", "127.0.0.1:5353", "2001:db8::53", "[::1]:54"]
            timeout = "3s"

            [auth]
            check = false
            name = "MX.example.com"
            max-queries = 50
            time-limit = "30s"
            keep = "14d"

            [dmarc]
            mode = "enforce"
            except = ["Lists.example.org", "192.0.2.7", "198.51.100.0/24", "2001:db8::/32"]

            [backscatterers]
            lists = ["IPS.backscatterer.org", "bl.example"]
            half-life = "36h"
            least = 20
            share = 75
            time-limit = "2s"

            [attacks]
            enabled = false
            least = 50
            webhook = "https://alarm.example.org:8443/hook?key=1"
            webhook-secret-file = "webhook.secret"

            [recipients]
            files = ["users", "/etc/aliases.txt"]
            sub-address = "-"
            cache = "2h"
            negative-cache = "1m"
            time-limit = "3s"

            [recipients.ldap]
            urls = ["ldaps://LDAP.example.com", "ldap://[2001:db8::1]:1389/"]
            start-tls = false
            authorities = "ca.pem"
            bind-dn = "cn=backstop,dc=example"
            password-file = "ldap.password"
            base = "dc=example"
            filter = "(&(uid={local})(ou={domain}))"
            domains = ["example.com"]
            connections = 4
            max-rate = 50

            [recipients.sql]
            url = "jdbc:postgresql://db.example.com/mail"
            user = "backstop"
            password-file = "sql.password"
            query = "select 1 from users where mail = :address"
            domains = ["example.com"]
            connections = 1
            max-rate = 20

            [recipients.call-out]
            server = "192.0.2.9:2525"
            sender = "probe@example.com"
            domains = ["example.com"]
            max-rate = 5

            [milter]
            listen = ["unix:/run/backstop/milter", "[::1]:9000"]
            max-connections = 10
            idle-timeout = "90s"
            max-recipients = 200
            max-header-fields = 300
            max-header-size = "64KiB"
            body-limit = "1MiB"
            on-store-failure = "tempfail"

            [table]
            listen = []

            [web]
            listen = "0.0.0.0:8080"
            """);
    Policy general = new Policy(MARK, QUARANTINE, QUARANTINE, REFUSE, END, false);
    Policy own = new Policy(QUARANTINE, REFUSE, MARK, PASS, RefusalStage.RECIPIENT, true);
    assertThat(config.answers()).isEqualTo(new Answers(AnswerMode.ENFORCE, general));
    assertThat(config.domains().values())
        .containsExactly(
            new DomainConfig(
                "example.com",
                new Answers(AnswerMode.AUTO, own),
                TagForm.SUB_ADDRESS,
                Mode.ENFORCE),
            new DomainConfig(
                "xn--bcher-kva.example",
                new Answers(AnswerMode.ENFORCE, general),
                TagForm.PRVS,
                Mode.OBSERVE));
    assertThat(config.addresses())
        .containsOnly(
            Map.entry(
                Mailbox.parse("noreply@example.com"),
                new Answers(AnswerMode.OBSERVE, new Policy(PASS, REFUSE, MARK, PASS, END, false))));
    assertThat(config.answers(Mailbox.parse("NoReply@Example.com")))
        .contains(config.addresses().get(Mailbox.parse("noreply@example.com")));
    assertThat(config.answers(Mailbox.parse("anna@example.com")))
        .contains(new Answers(AnswerMode.AUTO, own));
    assertThat(config.answers(Mailbox.parse("anna@example.net"))).isEmpty();
    assertThat(config.networks())
        .containsExactly(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::1/128"));
    assertThat(config.data()).isEqualTo(folder.resolve("state"));
    assertThat(config.tagging().token()).isFalse();
    assertThat(config.tagging().except())
        .containsExactly(
            new Destination.Domain("lists.example.org"),
            new Destination.Box(new Mailbox("owner", "list.example")));
    assertThat(config.journal())
        .isEqualTo(new Journal(Duration.ofDays(40), Duration.ofMinutes(10)));
    assertThat(config.events().keep()).isEqualTo(Duration.ofHours(36));
    assertThat(config.dns().servers())
        .map(Object::toString)
        .containsExactly("192.0.2.53:53", "127.0.0.1:5353", "[2001:db8::53]:53", "[::1]:54");
    assertThat(config.dns().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.auth())
        .isEqualTo(
            new Auth(
                false,
                Optional.of("mx.example.com"),
                50,
                Duration.ofSeconds(30),
                Duration.ofDays(14)));
    assertThat(config.dmarc().mode()).isEqualTo(Mode.ENFORCE);
    assertThat(config.dmarc().except())
        .containsExactly(
            new Forwarder.Domain("lists.example.org"),
            new Forwarder.Hosts(Network.parse("192.0.2.7")),
            new Forwarder.Hosts(Network.parse("198.51.100.0/24")),
            new Forwarder.Hosts(Network.parse("2001:db8::/32")));
    assertThat(config.backscatterers())
        .isEqualTo(
            new BackscattererRules(
                List.of(DnsName.of("ips.backscatterer.org"), DnsName.of("bl.example")),
                Duration.ofHours(36),
                20,
                75,
                Duration.ofSeconds(2)));
    assertThat(config.attacks())
        .isEqualTo(
            new Attacks(
                false,
                50,
                Optional.of(URI.create("https://alarm.example.org:8443/hook?key=1")),
                Optional.of(folder.resolve("webhook.secret"))));
    assertThat(config.recipients()).isEqualTo(otherRecipients());
    assertThat(config.milter())
        .isEqualTo(
            new Milter(
                List.of(
                    new ListenAddress.Unix(Path.of("/run/backstop/milter")),
                    ListenAddress.parse("[::1]:9000")),
                10,
                Duration.ofSeconds(90),
                200,
                300,
                65_536,
                1_048_576,
                Milter.OnStoreFailure.TEMPFAIL));
    assertThat(config.table().listen()).isEmpty();
    assertThat(config.web().listen()).map(Object::toString).containsExactly("0.0.0.0:8080");
    assertThat(read(ConfigText.render(config))).as("rendered and read again").isEqualTo(config);
  }

  @Test
  void domainsAreFoundHoweverTheyAreWritten() throws Exception {
    BackstopConfig config = read("domains = [\"bücher.example\", \"example.com\"]");
    assertThat(config.domain("BÜCHER.example")).isPresent();
    assertThat(config.domain("xn--bcher-KVA.example")).isPresent();
    assertThat(config.domain("EXAMPLE.COM")).isPresent();
    assertThat(config.domain("sub.example.com")).isEmpty();
    assertThat(config.domain("ß\u0000..")).isEmpty();
  }

  @Test
  void clientsInTheNetworksAreOurs() throws Exception {
    BackstopConfig config = read("networks = [\"192.0.2.0/24\"]");
    assertThat(config.isOurs(IpLiteral.parse("192.0.2.255"))).isTrue();
    assertThat(config.isOurs(IpLiteral.parse("127.0.0.1"))).isFalse();
  }

  @Test
  void exceptionsMatchDomainsAndMailboxes() throws Exception {
    Tagging tagging = read("tagging.except = [\"a.example\", \"Owner@b.example\"]").tagging();
    assertThat(tagging.excepts(new Mailbox("anyone", "a.example"))).isTrue();
    assertThat(tagging.excepts(new Mailbox("anyone", "sub.a.example"))).isFalse();
    assertThat(tagging.excepts(new Mailbox("owner", "b.example"))).isTrue();
    assertThat(tagging.excepts(new Mailbox("other", "b.example"))).isFalse();
  }

  @Test
  void forwardersAreNetworksOrDomainsWithTheirSubDomains() throws Exception {
    Dmarc dmarc = read("dmarc.except = [\"a.example\", \"192.0.2.0/24\"]").dmarc();
    assertThat(dmarc.exceptsDomain("a.example")).isTrue();
    assertThat(dmarc.exceptsDomain("lists.a.example")).isTrue();
    assertThat(dmarc.exceptsDomain("bad-a.example")).isFalse();
    assertThat(dmarc.exceptsClient(IpLiteral.parse("192.0.2.200"))).isTrue();
    assertThat(dmarc.exceptsClient(IpLiteral.parse("192.0.3.1"))).isFalse();
  }

  @Test
  void warnsOfDoorsThatOthersCanReach() throws Exception {
    assertThat(read("domains = [\"example.com\"]").warnings()).isEmpty();
    assertThat(read("domains = [\"example.com\"]\nmilter.listen = \"192.0.2.1:8891\"").warnings())
        .singleElement()
        .asString()
        .startsWith("192.0.2.1:8891 can be reached from other machines");
    assertThat(read("").warnings()).singleElement().asString().startsWith("domains is empty");
  }

  private BackstopConfig read(String text) throws Exception {
    return ConfigReader.read(Files.writeString(folder.resolve("backstop.toml"), text));
  }

  /** A local part can be a quoted string, with quotes and backslashes in it. */
  @Test
  void anAddressWithQuotesIsWrittenSoThatItReadsBack() throws Exception {
    BackstopConfig config =
        read(
            """
            domains = ["example.com"]
            [address.'"a \\"b\\\\"@example.com']
            never-sends = true
            """);
    assertThat(config.addresses()).hasSize(1);
    assertThat(read(ConfigText.render(config))).isEqualTo(config);
  }

  private static String loopback() {
    return Network.LOOPBACK_6.toString();
  }
}
