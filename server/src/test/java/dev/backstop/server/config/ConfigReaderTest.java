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
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
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
