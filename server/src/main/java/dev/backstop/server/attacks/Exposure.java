package dev.backstop.server.attacks;

/** Whether automatic mail to an address belongs to an attack that is under way. */
public enum Exposure {
  NONE,
  /**
   * Addresses of its domain are attacked one by one. Says little of this address: most of them do
   * not exist.
   */
  DOMAIN,
  /** The address itself is attacked. */
  ADDRESS
}
