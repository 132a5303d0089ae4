package dev.backstop.auth.spf;

import dev.backstop.dns.DnsName;
import java.net.InetAddress;

/**
 * Who is checked.
 *
 * @param client IPv4 where it is IPv4 in any clothes
 * @param helo as the client said it
 * @param localPart of the sender, unquoted, never empty
 * @param domain of the sender
 */
record Subject(InetAddress client, String helo, String localPart, DnsName domain) {}
