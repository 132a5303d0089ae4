package dev.backstop.auth.dkim;

import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A header as signatures see it: fields are taken by name, from the bottom up (RFC 6376 §5.4.2). A
 * blank before the colon, where a door keeps it at the end of the name, is no part of the name.
 * Immutable.
 */
final class SignedHeader {
  private final List<HeaderField> fields;

  /** Of the names, so that most comparisons are of numbers. */
  private final int[] hashes;

  SignedHeader(List<HeaderField> fields) {
    this.fields = List.copyOf(fields);
    this.hashes = this.fields.stream().mapToInt(field -> hash(field.name())).toArray();
  }

  List<HeaderField> fields() {
    return fields;
  }

  /** The same for names that differ in case only, or by blanks at the end. */
  private static int hash(String name) {
    int hash = 0;
    for (int i = 0; i < nameLength(name); i++) {
      hash = 31 * hash + (name.charAt(i) | 0x20);
    }
    return hash;
  }

  private static int nameLength(String name) {
    int length = name.length();
    while (length > 0 && (name.charAt(length - 1) == ' ' || name.charAt(length - 1) == '\t')) {
      length--;
    }
    return length;
  }

  private boolean isNamed(int index, int hash, String name) {
    String other = fields.get(index).name();
    return hashes[index] == hash
        && nameLength(other) == name.length()
        && other.regionMatches(true, 0, name, 0, name.length());
  }

  boolean isNamed(int index, String name) {
    return isNamed(index, hash(name), name);
  }

  /** How many fields have that name. */
  int count(String name) {
    int hash = hash(name);
    int count = 0;
    for (int i = 0; i < hashes.length; i++) {
      count += isNamed(i, hash, name) ? 1 : 0;
    }
    return count;
  }

  /** How many of these places hold a field of that name. */
  int count(String name, int[] places) {
    int hash = hash(name);
    int count = 0;
    for (int place : places) {
      count += isNamed(place, hash, name) ? 1 : 0;
    }
    return count;
  }

  /**
   * The fields that a signature covers.
   *
   * @param own its own field, which it never covers by name (RFC 6376 §5.4); -1 when that is not
   *     among the fields
   * @return their places in the order of {@code h=}; names without a field left are passed over
   */
  int[] covered(List<String> names, int own) {
    var used = new BitSet(fields.size());
    if (own >= 0) {
      used.set(own);
    }
    int[] found = new int[names.size()];
    int count = 0;
    for (String name : names) {
      int index = bottommost(name, used);
      if (index >= 0) {
        used.set(index);
        found[count++] = index;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private int bottommost(String name, BitSet used) {
    int hash = hash(name);
    int index = fields.size() - 1;
    while (index >= 0 && (used.get(index) || !isNamed(index, hash, name))) {
      index--;
    }
    return index;
  }

  /** Octets that {@link #octets} needs at most. */
  long bound(int[] covered, HeaderField own) {
    long bound = HeaderCanonicalizer.bound(own);
    for (int index : covered) {
      bound += HeaderCanonicalizer.bound(fields.get(index));
    }
    return bound;
  }

  /**
   * What the signature is made over (RFC 6376 §3.7): the covered fields in their order, then its
   * own field without the value of {@code b=} and without a line end.
   */
  byte[] octets(Canonicalization form, int[] covered, HeaderField own) {
    var canonicalizer = new HeaderCanonicalizer(form, Math.toIntExact(bound(covered, own)));
    for (int index : covered) {
      canonicalizer.add(fields.get(index));
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
