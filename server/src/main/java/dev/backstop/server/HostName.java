package dev.backstop.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The name of this host. */
public final class HostName {
  private HostName() {}

  /** As the system has it, in lower case; {@code localhost} when it has none. */
  public static String ours() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
