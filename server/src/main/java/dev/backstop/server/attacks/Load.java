package dev.backstop.server.attacks;

/**
 * How much automatic mail one address, or one domain, gets now and usually; see {@link
 * AttackDetector} for the why. Times are seconds of {@link SteadyTime}. About 90 octets. Not safe
 * for threads.
 */
final class Load {
  /** Seconds after which a message counts for 1/e. */
  private static final float BURST = 120;

  private static final float HOUR = 3600;

  /** What was usual once is forgotten: half of it in so many seconds. */
  private static final float HALF_LIFE = 30 * 86_400;

  private static final int DAY = 86_400;
  private static final float WEEK = 7 * DAY;

  /** Two unusual days make a habit when they are at least and at most so far apart. */
  private static final int HABIT_LEAST = 3 * DAY;

  private static final int HABIT_MOST = 62 * DAY;

  /** More than so many times the usual is unusual. */
  private static final float TIMES = 3;

  static final int NEVER = Integer.MIN_VALUE;

  long key;
  int at;
  int known;
  float usualBurst;
  float usualHour;
  int once = NEVER;
  float onceBurst;
  float onceHour;
  private float burst;
  private float hour;
  private float genuine;
  private int day;
  private boolean unusualDay;
  private float peakBurst;
  private float peakHour;
  private int since;
  private int run;
  private int slot;
  private float slotHour;

  /** Makes it the load of another key, of which nothing is known. */
  void reset(long newKey, int now) {
    key = newKey;
    at = now;
    known = now;
    day = now;
    since = now;
    slot = now;
    run = 0;
    once = NEVER;
    unusualDay = false;
    burst = 0;
    hour = 0;
    genuine = 0;
    usualBurst = 0;
    usualHour = 0;
    onceBurst = 0;
    onceHour = 0;
    peakBurst = 0;
    peakHour = 0;
    slotHour = 0;
  }

  /** Lets time pass. */
  void pass(int now) {
    if (now - day >= DAY) {
      closeDay(now);
    }
    int seconds = now - at;
    if (seconds > 0) {
      burst *= fading(seconds, BURST);
      float inHour = fading(seconds, HOUR);
      hour *= inHour;
      genuine *= inHour;
      float usual = (float) Math.pow(0.5, seconds / HALF_LIFE);
      usualBurst *= usual;
      usualHour *= usual;
      at = now;
    }
  }

  private static float fading(int seconds, float constant) {
    return (float) Math.exp(-seconds / constant);
  }

  private void closeDay(int now) {
    if (!unusualDay) {
      learn(peakBurst, peakHour);
    } else if (once == NEVER || day - once > HABIT_MOST) {
      remember(peakBurst, peakHour);
    } else if (day - once >= HABIT_LEAST) {
      learn(Math.min(peakBurst, onceBurst), Math.min(peakHour, onceHour));
      remember(peakBurst, peakHour);
    } else {
      onceBurst = Math.max(onceBurst, peakBurst);
      onceHour = Math.max(onceHour, peakHour);
    }
    day = now;
    unusualDay = false;
    peakBurst = 0;
    peakHour = 0;
  }

  private void learn(float newBurst, float newHour) {
    usualBurst = Math.max(usualBurst, newBurst);
    usualHour = Math.max(usualHour, newHour);
  }

  private void remember(float newBurst, float newHour) {
    once = day;
    onceBurst = newBurst;
    onceHour = newHour;
  }

  /** One message more. */
  void add(int least) {
    if (hour < calm(least)) {
      since = at;
      run = Math.round(hour);
    }
    run++;
    burst++;
    hour++;
    peakBurst = Math.max(peakBurst, burst);
    peakHour = Math.max(peakHour, hour);
  }

  void addGenuine() {
    genuine++;
  }

  /** Whether it is more than usual by so much that it looks like an attack. */
  boolean isUnusual(int least) {
    return hour >= limit(least, usualHour) || burst >= limit(least, usualBurst);
  }

  private float limit(int least, float usual) {
    return Math.max(least, TIMES * usual) + TIMES * genuine;
  }

  /** Half an hour with no more than this is calm: half the rate at which an attack is noticed. */
  float calm(int least) {
    return limit(least, usualHour) / 4;
  }

  /** There is an attack today: it does not become usual at once. */
  void unusual() {
    unusualDay = true;
  }

  /** The attack is over: the next message is not its continuation. */
  void calmDown() {
    burst = 0;
    hour = 0;
    run = 0;
    since = at;
  }

  /**
   * For a domain, in the first day that it is watched: a flow that has gone on for hours without a
   * break is taken for usual, because nobody has seen it begin.
   */
  void settle() {
    if (at - known < DAY && at - slot >= HOUR) {
      float floor = Math.min(slotHour, hour);
      learn(floor * BURST / HOUR, floor);
      slot = at;
      slotHour = hour;
    }
  }

  float hour() {
    return hour;
  }

  /** Messages since about the begin of the present rise. */
  int run() {
    return run;
  }

  /** When the present rise began. */
  int since() {
    return since;
  }

  /** How much is lost when this is forgotten: old habits less than new ones. */
  float worth(int now) {
    int age = Math.max(0, now - at);
    float habit = Math.max(usualHour, peakHour) + onceHour;
    return hour * fading(age, HOUR) + habit * fading(age, WEEK);
  }

  /** What would be known if the day ended now. */
  Load atEndOfDay(int now) {
    pass(now);
    var copy = new Load();
    copy.key = key;
    copy.at = at;
    copy.known = known;
    copy.day = day;
    copy.unusualDay = unusualDay;
    copy.usualBurst = usualBurst;
    copy.usualHour = usualHour;
    copy.once = once;
    copy.onceBurst = onceBurst;
    copy.onceHour = onceHour;
    copy.peakBurst = peakBurst;
    copy.peakHour = peakHour;
    copy.closeDay(now);
    return copy;
  }
}
