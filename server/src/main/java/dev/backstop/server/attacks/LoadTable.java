package dev.backstop.server.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loads by hash, a fixed number of them, in sets of {@value #WAYS} as in the cache of a processor.
 * A key that has no place takes that of the load in its set that is worth least. Never grows and
 * never searches more than one set. Not safe for threads.
 */
final class LoadTable {
  private static final int WAYS = 8;

  private final @Nullable Load[] loads;
  private final int sets;
  private int size;

  /**
   * An empty one.
   *
   * @param sets a power of two
   */
  LoadTable(int sets) {
    this.sets = sets;
    this.loads = new Load[sets * WAYS];
  }

  /** The load of that key, brought to this time; one of which nothing is known when it is new. */
  Load get(long key, int now) {
    Load known = find(key);
    if (known != null) {
      known.pass(now);
      return known;
    }
    int start = start(key);
    int place = start;
    float least = Float.MAX_VALUE;
    for (int i = start; i < start + WAYS; i++) {
      Load load = loads[i];
      if (load == null) {
        return fill(i, key, now);
      }
      float worth = load.worth(now);
      if (worth < least) {
        least = worth;
        place = i;
      }
    }
    return fill(place, key, now);
  }

  private Load fill(int place, long key, int now) {
    Load load = loads[place];
    if (load == null) {
      load = new Load();
      loads[place] = load;
      size++;
    }
    load.reset(key, now);
    return load;
  }

  /** The load of that key, as it was last left; {@code null} when there is none. */
  @Nullable Load find(long key) {
    int start = start(key);
    for (int i = start; i < start + WAYS; i++) {
      Load load = loads[i];
      if (load != null && load.key == key) {
        return load;
      }
    }
    return null;
  }

  List<Load> all(Predicate<Load> wanted) {
    var found = new ArrayList<Load>();
    for (Load load : loads) {
      if (load != null && wanted.test(load)) {
        found.add(load);
      }
    }
    return found;
  }

  int size() {
    return size;
  }

  int capacity() {
    return loads.length;
  }

  private int start(long key) {
    return (int) (key & (sets - 1)) * WAYS;
  }
}
