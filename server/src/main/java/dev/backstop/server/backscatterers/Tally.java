package dev.backstop.server.backscatterers;

/**
 * Two counts that fade: after a half-life each answer counts half, <code>n · 2^(−t/h)</code>. They
 * are kept as of the last answer and computed anew when somebody asks, so that nothing has to go
 * over them.
 *
 * @param backscatter false answers, as they counted at that time
 * @param genuine true answers, as they counted at that time
 * @param at of the last answer, seconds since 1970
 */
record Tally(double backscatter, double genuine, long at) {
  static final Tally NONE = new Tally(0, 0, Long.MIN_VALUE);

  /** What is read back may be damaged. */
  boolean isSound() {
    return backscatter >= 0 && genuine >= 0 && Double.isFinite(backscatter + genuine);
  }

  /** All answers. */
  double total() {
    return backscatter + genuine;
  }

  /**
   * As it counts at another time.
   *
   * @param then a time before {@link #at} (a clock set back) changes nothing
   * @param halfLife seconds
   */
  Tally at(long then, long halfLife) {
    if (total() == 0 || then <= at) {
      return new Tally(backscatter, genuine, Math.max(at, then));
    }
    double factor = Math.pow(2, -(double) (then - at) / halfLife);
    return new Tally(backscatter * factor, genuine * factor, then);
  }

  /** With one answer more. */
  Tally with(boolean isFalse, long then, long halfLife) {
    Tally now = at(then, halfLife);
    return new Tally(now.backscatter + (isFalse ? 1 : 0), now.genuine + (isFalse ? 0 : 1), now.at);
  }

  /** The sum of two, at the later of their times. */
  Tally plus(Tally other, long halfLife) {
    long later = Math.max(at, other.at);
    Tally one = at(later, halfLife);
    Tally two = other.at(later, halfLife);
    return new Tally(one.backscatter + two.backscatter, one.genuine + two.genuine, later);
  }

  /**
   * Orders tallies by how much they count, the same at any time: all fade alike, so the logarithm
   * of the total falls along one line.
   */
  double strength(long halfLife) {
    return Math.log(total()) / Math.log(2) + (double) at / halfLife;
  }

  /** False ones among all, 0 to 1; 0 without any. */
  double share() {
    return total() == 0 ? 0 : backscatter / total();
  }
}
