package dev.backstop.mail.smtp;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the SMTP session, as our mail server told us.
 *
 * @param address of the client; {@code null} when the server did not say (unix socket, unknown
 *     family)
 * @param name host name from the server's reverse look-up, or what it wrote instead; not to be
 *     trusted
 * @param helo the argument of HELO or EHLO; {@code null} before it was said
 * @param authenticated the login name, when the client authenticated (macro {@code {auth_authen}})
 * @param submittedLocally true for mail that came by the sendmail command and not by SMTP: no
 *     client, and the null sender is written as nothing
 */
public record Peer(
    @Nullable InetAddress address,
    String name,
    @Nullable String helo,
    @Nullable String authenticated,
    boolean submittedLocally) {

  /** Safe to log. */
  public String describe() {
    return submittedLocally ? "local" : address == null ? "unknown" : IpLiteral.render(address);
  }
}
