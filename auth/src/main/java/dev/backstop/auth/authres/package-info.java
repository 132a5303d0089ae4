/**
 * The Authentication-Results field (RFC 8601): what the border found out about a message, for all
 * who handle it later.
 *
 * <p>The field carries no proof of its own. It can be trusted inside only because the border
 * removes every one from outside that claims to be ours, so the harder half is to recognise those
 * whatever a stranger does to hide them. Start with {@link
 * dev.backstop.auth.authres.AuthenticationResults}.
 */
@NullMarked
package dev.backstop.auth.authres;

import org.jspecify.annotations.NullMarked;
