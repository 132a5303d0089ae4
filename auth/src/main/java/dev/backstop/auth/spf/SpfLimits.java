package dev.backstop.auth.spf;

/**
 * How much one check may cost (RFC 7208 §4.6.4). With the defaults no check asks more than 123
 * questions. The time is bounded by the resolver.
 *
 * @param lookups terms that ask name servers, 1 to 100; more is {@code permerror}
 * @param voidLookups of these, terms that find nothing, 0 to 100; more is {@code permerror}
 * @param mxNames hosts of one {@code mx}, 1 to 100; more is {@code permerror}
 * @param ptrNames names of the client, 1 to 100; the rest is ignored, because the sender's domain
 *     has no say in it
 */
public record SpfLimits(int lookups, int voidLookups, int mxNames, int ptrNames) {
  /** What RFC 7208 §4.6.4 says. */
  public static final SpfLimits STANDARD = new SpfLimits(10, 2, 10, 10);

  /** Includes go one Java frame group deeper each: the bound of lookups bounds the stack. */
  private static final int MOST = 100;

  public SpfLimits {
    check(lookups, 1);
    check(voidLookups, 0);
    check(mxNames, 1);
    check(ptrNames, 1);
  }

  private static void check(int limit, int least) {
    if (limit < least || limit > MOST) {
      throw new IllegalArgumentException("a limit of " + limit + " is not allowed");
    }
  }
}
