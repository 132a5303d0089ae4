package dev.backstop.edge.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.limits.ClientLimits.Settings;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {
  private static final InetAddress CLIENT = IpLiteral.parse("192.0.2.7");
  private static final InetAddress OTHER = IpLiteral.parse("192.0.2.8");
  private static final Settings NONE = new Settings(0, 0, 0, 0);

  /** Near the end of what the clock can say: it may wrap at any time. */
  private long now = Long.MAX_VALUE - 30_000_000_000L;

  private ClientLimits limits(Settings settings) {
    return new ClientLimits(settings, () -> now);
  }

  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  private static String said(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Ok() -> "ok";
      case Verdict.TooMany(var reply) -> reply.toString();
    };
  }

  private static InetAddress network(int number) {
    return IpLiteral.of(
        new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
  }

  @Test
  void openConnectionsAreBounded() {
    ClientLimits limits = limits(new Settings(2, 0, 0, 0));
    assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.connect(CLIENT)))
        .isEqualTo(
            "421 4.7.0 Too many connections from 192.0.2.7: the limit is 2 at a time;"
                + " come back when one has ended");
    assertThat(said(limits.connect(OTHER))).isEqualTo("ok");
    limits.disconnected(CLIENT);
    assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.connect(CLIENT))).startsWith("421");
  }

  @Test
  void connectionsAreCountedOverAMinute() {
    ClientLimits limits = limits(new Settings(0, 3, 0, 0));
    for (int i = 0; i < 3; i++) {
      assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
      limits.disconnected(CLIENT);
    }
    String full =
        "421 4.7.0 Too many connections from 192.0.2.7: the limit is 3 a minute; come back in ";
    assertThat(said(limits.connect(CLIENT))).isEqualTo(full + "20 seconds");
    pass(19.5);
    assertThat(said(limits.connect(CLIENT))).isEqualTo(full + "a second");
    assertThat(said(limits.connect(OTHER))).isEqualTo("ok");
    pass(0.5);
    assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.connect(CLIENT))).isEqualTo(full + "20 seconds");
  }

  @Test
  void whoTriesWithoutEndGetsItsShare() {
    ClientLimits limits = limits(new Settings(0, 0, 6, 0));
    int let = 0;
    for (int i = 0; i < 600; i++) {
      let += limits.message(CLIENT) instanceof Verdict.Ok ? 1 : 0;
      pass(0.5);
    }
    assertThat(let).isEqualTo(6 + 29);
  }

  @Test
  void messagesAreCounted() {
    ClientLimits limits = limits(new Settings(0, 0, 1, 0));
    assertThat(said(limits.message(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.message(CLIENT)))
        .isEqualTo(
            "450 4.7.1 Too many messages from 192.0.2.7: the limit is 1 a minute;"
                + " come back in 60 seconds");
    pass(60);
    assertThat(said(limits.message(CLIENT))).isEqualTo("ok");
  }

  @Test
  void refusedRecipientsAreCountedAndCloseTheDoorToGuesses() {
    ClientLimits limits = limits(new Settings(0, 0, 0, 2));
    String full =
        "450 4.7.1 Too many recipients that do not exist from 192.0.2.7: the limit is 2 a"
            + " minute; come back in 30 seconds";
    assertThat(said(limits.refused(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.recipient(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.recipient(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.refused(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.recipient(CLIENT))).isEqualTo(full);
    assertThat(said(limits.refused(CLIENT))).isEqualTo(full);
    assertThat(said(limits.recipient(OTHER))).isEqualTo("ok");
    pass(30);
    assertThat(said(limits.recipient(CLIENT))).isEqualTo("ok");
  }

  @Test
  void networkOfIpv6IsOneClient() {
    ClientLimits limits = limits(new Settings(1, 0, 0, 0));
    assertThat(said(limits.connect(IpLiteral.parse("2001:db8:0:1::1")))).isEqualTo("ok");
    assertThat(said(limits.connect(IpLiteral.parse("2001:db8:0:1:ffff::2"))))
        .startsWith("421 4.7.0 Too many connections from 2001:db8:0:1::/64: the limit is 1");
    assertThat(said(limits.connect(IpLiteral.parse("2001:db8:0:2::1")))).isEqualTo("ok");
    assertThat(said(limits.connect(IpLiteral.parse("::ffff:192.0.2.7")))).isEqualTo("ok");
    assertThat(said(limits.connect(CLIENT))).startsWith("421");
  }

  @Test
  void noLimitIsNoLimit() {
    ClientLimits limits = limits(NONE);
    for (int i = 0; i < 10_000; i++) {
      assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
      assertThat(said(limits.message(CLIENT))).isEqualTo("ok");
      assertThat(said(limits.refused(CLIENT))).isEqualTo("ok");
      assertThat(said(limits.recipient(CLIENT))).isEqualTo("ok");
    }
    assertThatThrownBy(() -> new Settings(0, 0, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void memoryIsBoundedAndWhoIsConnectedIsNotForgotten() {
    ClientLimits limits = limits(new Settings(1, 0, 1, 0));
    assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.message(CLIENT))).isEqualTo("ok");
    for (int i = 0; i < ClientLimits.REMEMBERED + 5_000; i++) {
      limits.message(network(i));
    }
    assertThat(limits.size()).isEqualTo(ClientLimits.REMEMBERED + 1);
    assertThat(said(limits.connect(CLIENT))).startsWith("421");
    assertThat(said(limits.message(CLIENT))).startsWith("450");
    assertThat(said(limits.message(network(ClientLimits.REMEMBERED)))).startsWith("450");
    assertThat(said(limits.message(network(0)))).isEqualTo("ok");
  }

  @Test
  void leavingForgetsNothingBeforeItsTime() {
    ClientLimits limits = limits(new Settings(0, 0, 1, 0));
    limits.connect(CLIENT);
    limits.message(CLIENT);
    limits.disconnected(CLIENT);
    pass(59);
    limits.connect(OTHER);
    assertThat(said(limits.message(CLIENT))).endsWith("come back in a second");
  }

  @Test
  void whatIsOverIsForgottenWhenOthersCome() {
    ClientLimits limits = limits(new Settings(0, 60, 0, 0));
    for (int i = 0; i < 3_000; i++) {
      limits.connect(network(i));
      limits.disconnected(network(i));
    }
    assertThat(limits.size()).isEqualTo(3_000);
    pass(61);
    for (int i = 0; i < 1_500; i++) {
      limits.connect(network(5_000 + i));
    }
    assertThat(limits.size()).isEqualTo(1_500);
  }

  @Test
  void tooManyDisconnectionsDoNoHarm() {
    ClientLimits limits = limits(new Settings(1, 0, 0, 0));
    limits.disconnected(CLIENT);
    assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
    limits.disconnected(CLIENT);
    limits.disconnected(CLIENT);
    assertThat(said(limits.connect(CLIENT))).isEqualTo("ok");
    assertThat(said(limits.connect(CLIENT))).startsWith("421");
  }

  @Test
  void countsAreRightWithManyThreads() throws Exception {
    ClientLimits limits = limits(new Settings(50, 0, 0, 0));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> work = () -> limits.connect(CLIENT) instanceof Verdict.Ok;
      List<Callable<Boolean>> all = IntStream.range(0, 200).mapToObj(_ -> work).toList();
      int let = 0;
      for (var future : threads.invokeAll(all)) {
        let += future.get() ? 1 : 0;
      }
      assertThat(let).isEqualTo(50);
    }
  }
}
