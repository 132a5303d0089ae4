/**
 * Whom a command asks for names: the same option for every command that does. Start with {@link
 * dev.backstop.cli.dns.DnsOption}.
 */
@NullMarked
package dev.backstop.cli.dns;

import org.jspecify.annotations.NullMarked;
