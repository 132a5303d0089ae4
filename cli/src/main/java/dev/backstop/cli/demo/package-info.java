/**
 * {@code backstop demo}: the real server with a small mail world around it.
 *
 * <p>Real: {@link dev.backstop.server.BackstopServer} with its store, its keys and a configuration
 * file, spoken to by TCP milter. Played: {@link dev.backstop.cli.demo.OurMailServer}, our users,
 * the servers they write to and the spammer who forges them. The world moves on a clock of its own,
 * one event after the other, so that a month passes in half a minute and each run with the same
 * seed is the same. What it knows of each message, above all whether our users caused it, Backstop
 * never sees. Start with {@link dev.backstop.cli.demo.Demo}.
 */
@NullMarked
package dev.backstop.cli.demo;

import org.jspecify.annotations.NullMarked;
