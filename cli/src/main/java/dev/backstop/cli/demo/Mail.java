package dev.backstop.cli.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A letter in its envelope, as a client hands it to our mail server.
 *
 * @param sender address in MAIL FROM; empty for the null sender
 * @param recipients addresses in RCPT TO, one or more
 */
record Mail(Client client, String sender, List<String> recipients, Letter letter) {

  Mail {
    recipients = List.copyOf(recipients);
  }

  /**
   * Who is connected.
   *
   * @param address IPv4, of the blocks for documentation
   * @param login name of the user who authenticated, {@code null} for strangers
   */
  record Client(String name, String address, @Nullable String login) {}

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  static String localPart(String address) {
    return address.substring(0, address.lastIndexOf('@'));
  }
}
