package dev.backstop.cli.auth.request;

import dev.backstop.mail.address.ReversePath;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who handed a message over.
 *
 * @param sender empty when the client is asked for by its HELO name alone
 * @param helo as the client said it, anything; empty when it said none
 */
public record Envelope(InetAddress client, Optional<ReversePath> sender, String helo) {}
