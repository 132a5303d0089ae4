package dev.backstop.auth.spf;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Optional;

/**
 * Describes hosts (RFC 7208 §5). Where a domain may be left out, the domain of the record is meant.
 */
public sealed interface Mechanism {

  /** Everybody (§5.1). */
  record All() implements Mechanism {}

  /** Who passes the check of another domain (§5.2). */
  record Include(MacroString domain) implements Mechanism {}

  /** The addresses of a domain (§5.3). */
  record A(Optional<MacroString> domain, CidrLengths lengths) implements Mechanism {}

  /** The mail exchangers of a domain (§5.4). */
  record Mx(Optional<MacroString> domain, CidrLengths lengths) implements Mechanism {}

  /** Hosts whose name is in a domain (§5.5: slow, should not be used). */
  record Ptr(Optional<MacroString> domain) implements Mechanism {}

  /**
   * Addresses (§5.6).
   *
   * @param length leading bits that count, 0 to 32
   */
  record Ip4(Inet4Address network, int length) implements Mechanism {}

  /**
   * Addresses (§5.6).
   *
   * @param length leading bits that count, 0 to 128
   */
  record Ip6(Inet6Address network, int length) implements Mechanism {}

  /** Everybody, when a name exists (§5.7). */
  record Exists(MacroString domain) implements Mechanism {}
}
