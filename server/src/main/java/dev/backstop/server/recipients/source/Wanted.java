package dev.backstop.server.recipients.source;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An address that is asked for.
 *
 * @param mailbox without tag, as the client wrote it
 * @param local its local part, in lower case and without quotes
 * @param domain lower-case A-labels
 * @param user what stands before the detail of a sub-address (RFC 5233 §1); empty when it has none
 */
public record Wanted(Mailbox mailbox, String local, String domain, Optional<String> user) {

  /**
   * Reads an address.
   *
   * @param plain without tag
   * @param divider between user and detail; empty: there are no sub-addresses
   */
  public static Wanted of(Mailbox plain, String divider) {
    String local = unquoted(BackstopConfig.fold(plain).localPart());
    int at = divider.isEmpty() ? -1 : local.indexOf(divider, 1);
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(local.substring(0, at));
    return new Wanted(plain, local, DomainName.parseOrSame(plain.domain()), user);
  }

  /** The local parts that would do, the whole one first: one or two. */
  public List<String> locals() {
    return Stream.concat(Stream.of(local), user.stream()).toList();
  }

  /** Equal for addresses that are the same mailbox. */
  public String key() {
    return local + "@" + domain;
  }

  /** RFC 5321 §4.1.2: the quotes and backslashes are not part of the name. */
  private static String unquoted(String local) {
    if (local.length() < 2 || !local.startsWith("\"") || !local.endsWith("\"")) {
      return local;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 1; i < local.length() - 1; i++) {
      if (local.charAt(i) == '\\' && i + 1 < local.length() - 1) {
        i++;
      }
      plain.append(local.charAt(i));
    }
    return plain.toString();
  }
}
