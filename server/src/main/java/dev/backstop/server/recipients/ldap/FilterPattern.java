package dev.backstop.server.recipients.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.backstop.server.recipients.source.Wanted;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search filter with places for what is asked for.
 *
 * @param text with {@code {address}}, {@code {local}} and {@code {domain}}
 */
record FilterPattern(String text) {
  private static final Pattern PLACE = Pattern.compile("\\{(address|local|domain)}");

  /**
   * Finds the address, or the user that it is a sub-address of.
   *
   * @throws LDAPException when the pattern is no filter
   */
  Filter of(Wanted wanted) throws LDAPException {
    List<String> locals = wanted.locals();
    Filter first = of(locals.getFirst(), wanted.domain());
    return locals.size() == 1
        ? first
        : Filter.createORFilter(first, of(locals.getLast(), wanted.domain()));
  }

  private Filter of(String local, String domain) throws LDAPException {
    StringBuilder filter = new StringBuilder();
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      places.appendReplacement(
          filter, Matcher.quoteReplacement(escaped(value(places.group(1), local, domain))));
    }
    return Filter.create(places.appendTail(filter).toString());
  }

  private static String value(String place, String local, String domain) {
    return switch (place) {
      case "local" -> local;
      case "domain" -> domain;
      default -> local + "@" + domain;
    };
  }

  /** RFC 4515 §3: what has a meaning in a filter, and all beyond printable ASCII. */
  private static String escaped(String value) {
    return Filter.encodeValue(value);
  }
}
