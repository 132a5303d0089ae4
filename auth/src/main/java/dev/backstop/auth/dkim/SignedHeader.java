package dev.backstop.auth.dkim;

import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A header as signatures see it: fields are taken by name, from the bottom up (RFC 6376 §5.4.2). A
 * blank before the colon, where a door keeps it at the end of the name, is no part of the name.
 * Immutable.
 *
 * <p>Fields of one name are a chain, so that each name in {@code h=} costs one step, however many
 * fields and signatures a stranger sends.
 */
final class SignedHeader {
  private static final int NONE = -1;

  private final List<HeaderField> fields;

  /** The lowest field of each name, in lower case. */
  private final Map<String, Integer> lowest;

  /** For each field the next above it of the same name. */
  private final int[] above;

  SignedHeader(List<HeaderField> fields) {
    this.fields = List.copyOf(fields);
    this.lowest = HashMap.newHashMap(fields.size());
    this.above = new int[fields.size()];
    for (int i = 0; i < above.length; i++) {
      Integer before = lowest.put(name(this.fields.get(i)), i);
      above[i] = before == null ? NONE : before;
    }
  }

  private static String name(HeaderField field) {
    return field.name().stripTrailing().toLowerCase(Locale.ROOT);
  }

  HeaderField field(int place) {
    return fields.get(place);
  }

  /** The places of the fields of that name, top first. */
  int[] places(String name) {
    int[] places = new int[count(name)];
    int place = lowest(name);
    for (int i = places.length - 1; i >= 0; i--) {
      places[i] = place;
      place = above[place];
    }
    return places;
  }

  /** How many fields have that name. */
  int count(String name) {
    int count = 0;
    for (int place = lowest(name); place != NONE; place = above[place]) {
      count++;
    }
    return count;
  }

  private int lowest(String name) {
    return lowest.getOrDefault(name.toLowerCase(Locale.ROOT), NONE);
  }

  /**
   * The fields that a signature covers.
   *
   * @param own its own field, which it never covers by name (RFC 6376 §5.4); -1 when that is not
   *     among the fields
   * @return their places in the order of {@code h=}; names without a field left are passed over
   */
  int[] covered(List<String> names, int own) {
    Map<String, Integer> next = HashMap.newHashMap(names.size());
    int[] covered = new int[names.size()];
    int count = 0;
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      int place = next.getOrDefault(lower, lowest(lower));
      if (place == own && place != NONE) {
        place = above[place];
      }
      if (place != NONE) {
        covered[count++] = place;
        next.put(lower, above[place]);
      }
    }
    return Arrays.copyOf(covered, count);
  }

  /** Octets that {@link #octets} needs at most. */
  long bound(int[] covered, HeaderField own) {
    long bound = HeaderCanonicalizer.bound(own);
    for (int place : covered) {
      bound += HeaderCanonicalizer.bound(fields.get(place));
    }
    return bound;
  }

  /**
   * What the signature is made over (RFC 6376 §3.7): the covered fields in their order, then its
   * own field without the value of {@code b=} and without a line end.
   */
  byte[] octets(Canonicalization form, int[] covered, HeaderField own) {
    var canonicalizer = new HeaderCanonicalizer(form, Math.toIntExact(bound(covered, own)));
    for (int place : covered) {
      canonicalizer.add(fields.get(place));
      canonicalizer.addLineEnd();
    }
    canonicalizer.add(own);
    return canonicalizer.octets();
  }

  /** The fields at these places, top first. */
  Header at(int[] places) {
    return new Header(Arrays.stream(places).sorted().mapToObj(fields::get).toList());
  }
}
