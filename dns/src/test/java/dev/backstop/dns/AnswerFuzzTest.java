package dev.backstop.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

/** Whatever a name server sends is a reading, and no exception. */
class AnswerFuzzTest {
  private static final DnsName NAME = DnsName.of("a.b");
  private static final List<Kind<?>> KINDS =
      List.of(Kind.TXT, Kind.IPV4, Kind.IPV6, Kind.MX, Kind.PTR);

  @FuzzTest(maxDuration = "60s")
  void packets(byte[] octets) {
    for (Kind<?> kind : KINDS) {
      Query query = Query.of(WireName.of(NAME), kind.code(), true);
      byte[] packet = withQuestion(octets, query);
      assertThat(query.isAnsweredBy(packet, packet.length)).isTrue();
      read(packet, kind);
    }
    Query query = Query.of(WireName.of(NAME), Kind.TXT.code(), true);
    if (query.isAnsweredBy(octets, octets.length)) {
      Query.isTruncated(octets);
      Query.refusesEdns(octets);
    }
    read(octets, Kind.TXT);
  }

  private static <T> void read(byte[] packet, Kind<T> kind) {
    Trail trail = Trail.from(WireName.of(NAME));
    switch (AnswerReader.read(packet, trail, kind, true)) {
      case Reading.Settled<T>(Lasting<T> lasting) -> {
        assertThat(lasting.seconds()).isNotNegative();
        assertThat(lasting.answer().records()).hasSizeLessThanOrEqualTo(AnswerReader.MAX_RECORDS);
        assertThat(kind.octets(lasting.answer().records())).isNotNegative();
      }
      case Reading.Moved<T>(Trail next) ->
          assertThat(next.aliases()).isBetween(1, Trail.MAX_ALIASES);
      case Reading.Useless<T>(String reason) -> assertThat(reason).isNotEmpty();
      case Reading.Silent<T>() -> throw new IllegalStateException("a packet is no silence");
    }
  }

  /** Flags, code, counts and records are the fuzzer's; ID, response and question are ours. */
  private static byte[] withQuestion(byte[] octets, Query query) {
    byte[] asked = query.packet();
    int question = 12 + WireName.of(NAME).length() + 4;
    byte[] packet = Arrays.copyOf(asked, question + Math.max(0, octets.length - 8));
    byte[] rest = Arrays.copyOf(octets, Math.max(8, octets.length));
    packet[2] = (byte) (0x80 | (rest[0] & 7));
    packet[3] = rest[1];
    System.arraycopy(rest, 2, packet, 6, 6);
    System.arraycopy(rest, 8, packet, question, rest.length - 8);
    return packet;
  }
}
