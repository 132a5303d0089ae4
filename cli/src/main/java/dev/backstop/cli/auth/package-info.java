/**
 * The command {@code auth}: what the server would find about a sender (RFC 7208, 6376, 9989), for
 * people who ask why and for programs that ask thousands of times. Start with {@link
 * dev.backstop.cli.auth.AuthCommand}.
 */
@NullMarked
package dev.backstop.cli.auth;

import org.jspecify.annotations.NullMarked;
