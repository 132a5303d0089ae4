package dev.backstop.edge.smtp.nexthop;

/** Writes the header of the PROXY protocol. */
@FunctionalInterface
public interface ProxyHeaders {
  /**
   * The header that says who the client is.
   *
   * @param client without an address where we connect for ourselves (UNKNOWN, LOCAL)
   * @param version 1 or 2
   */
  byte[] header(ClientIdentity client, int version);
}
