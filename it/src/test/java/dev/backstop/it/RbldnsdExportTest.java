package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.proof.Finding;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.NameServers;
import dev.backstop.dns.NetworkResolver;
import dev.backstop.dns.ResolverSettings;
import dev.backstop.dns.ReverseName;
import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.server.backscatterers.Block;
import dev.backstop.server.backscatterers.DnsLists;
import dev.backstop.server.backscatterers.ListedProof;
import dev.backstop.server.backscatterers.export.ListFormat;
import dev.backstop.server.config.BackscattererRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exported zone in a real rbldnsd, asked by our own lists in DNS. */
@RequiresRbldnsd
@SuppressWarnings("NullAway.Init") // set before each test
class RbldnsdExportTest {
  private static final String ZONE = "bl.test";

  @TempDir Path folder;
  private Process server;
  private NetworkResolver resolver;

  @BeforeEach
  void start() throws Exception {
    List<Block> blocks =
        Stream.of(
                Block.host(IpLiteral.parse("192.0.2.7")),
                Block.host(IpLiteral.parse("198.51.100.1")).network(),
                Block.host(IpLiteral.parse("2001:db8:1:2::3")),
                Block.host(IpLiteral.parse("2001:db8:9::1")).network())
            .sorted()
            .toList();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("list"), ListFormat.RBLDNSD.render(blocks, Instant.now()));
    int port = Ports.free();
    server =
        new ProcessBuilder(
                "/usr/sbin/rbldnsd",
                "-n",
                "-r",
                folder.toString(),
                "-b",
                "127.0.0.1/" + port,
                ZONE + ":combined:list")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    resolver = new NetworkResolver(ResolverSettings.of(new NameServers(List.of(address), true)));
    Await.until("rbldnsd", () -> ask("127.0.0.2") instanceof Answer.Found);
  }

  @AfterEach
  void stop() throws Exception {
    server.destroy();
    server.waitFor();
  }

  private Answer<InetAddress> ask(String address) {
    return resolver.ipv4(name(address));
  }

  private static DnsName name(String address) {
    return DnsName.of(ReverseName.reversed(IpLiteral.parse(address)) + "." + ZONE);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, true",
    "192.0.2.8, false",
    "198.51.100.200, true",
    "2001:db8:1:2:ffff::1, true",
    "2001:db8:1:3::1, false",
    "2001:db8:9:ffff::1, true",
  })
  void ourOwnListsReadTheZone(String peer, boolean listed) {
    BackscattererRules usual = BackscattererRules.DEFAULT;
    var rules =
        new BackscattererRules(
            List.of(DnsName.of(ZONE)),
            usual.halfLife(),
            usual.least(),
            usual.share(),
            usual.timeLimit());
    var lists =
        new DnsLists(rules, resolver, _ -> false, InstantSource.system(), new DnsLists.Counters());
    assertThat(
            new ListedProof(_ -> Optional.empty(), lists)
                .of(IpLiteral.parse(peer), NullReversePath.INSTANCE)
                .finding())
        .isEqualTo(listed ? Finding.DISPROVEN : Finding.NONE);
  }

  @Test
  void theTestAddressesAreRightAndATextSaysWhoIsMeant() {
    assertThat(ask("127.0.0.1")).isInstanceOf(Answer.NoSuchName.class);
    assertThat(resolver.txt(name("192.0.2.7")).records())
        .containsExactly("Known here for answering forged mail: 192.0.2.7");
  }
}
