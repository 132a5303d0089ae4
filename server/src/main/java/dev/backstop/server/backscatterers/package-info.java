/**
 * Which hosts answer forged mail: our own fading counts, and lists in DNS (RFC 5782). Both are
 * slight evidence and never decide, because big providers send false bounces beside many genuine
 * ones and stand on such lists too. Start with {@link
 * dev.backstop.server.backscatterers.Backscatterers} and {@link
 * dev.backstop.server.backscatterers.ListedProof}.
 */
@NullMarked
package dev.backstop.server.backscatterers;

import org.jspecify.annotations.NullMarked;
