/**
 * Backstop beside real mail servers on loopback: ours with the milter, and a foreign one that
 * accepts everything and bounces for real. Start with {@link dev.backstop.it.World}.
 *
 * <p>Runs with {@code mvn verify -Pintegration}, as root, where Postfix is installed; no fixed
 * port, no systemd, nothing outside 127.0.0.0/8, and nothing is left over when it ends or dies.
 */
@NullMarked
package dev.backstop.it;

import org.jspecify.annotations.NullMarked;
