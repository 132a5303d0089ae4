package dev.backstop.it.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How octets are cut into packets.
 *
 * @param at where it is cut; empty: not at all
 */
record Split(String name, List<Integer> at) {
  static final Split WHOLE = new Split("whole", List.of());

  /** After each octet. */
  static Split octets(int length) {
    return new Split("octet by octet", IntStream.range(1, length).boxed().toList());
  }

  /** All that a row is tried with: whole, octet by octet, and two packets cut at each place. */
  static Stream<Split> all(int length, int from, int to) {
    return Stream.concat(
        Stream.of(WHOLE, octets(length)),
        IntStream.range(Math.max(1, from), Math.min(length, to))
            .mapToObj(place -> new Split("cut at " + place, List.of(place))));
  }

  /** The packets. */
  List<String> pieces(String octets) {
    List<String> pieces = new ArrayList<>();
    int begin = 0;
    for (int place : at) {
      pieces.add(octets.substring(begin, place));
      begin = place;
    }
    pieces.add(octets.substring(begin));
    return pieces;
  }

  @Override
  public String toString() {
    return name;
  }
}
