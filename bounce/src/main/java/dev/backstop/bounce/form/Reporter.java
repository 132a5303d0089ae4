package dev.backstop.bounce.form;

import org.jspecify.annotations.Nullable;

/**
 * The system that made the automatic message, by its own words.
 *
 * @param mta host name (Reporting-MTA, RFC 3464 §2.2.2, or from the text)
 * @param software such as {@code postfix}, lower case
 * @param address IP address of that host, when it is written somewhere
 */
public record Reporter(@Nullable String mta, @Nullable String software, @Nullable String address) {
  public static final Reporter UNKNOWN = new Reporter(null, null, null);
}
