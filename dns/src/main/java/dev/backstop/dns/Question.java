package dev.backstop.dns;

import java.util.Comparator;

/** A name and what is asked about it. */
record Question<T>(DnsName name, Kind<T> kind) {

  /**
   * A question as the key of a map. Senders choose names, of equal hash codes if they like: a map
   * whose keys can be compared stays fast then.
   */
  record Key(DnsName name, int code) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name).thenComparingInt(Key::code);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  Key key() {
    return new Key(name, kind.code());
  }
}
