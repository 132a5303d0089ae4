/**
 * The milter protocol, versions 2 to 6, as Postfix and Sendmail speak it: how a mail server asks a
 * filter about a message while the client waits. There is no RFC; libmilter is the reference, and
 * what the two servers really send is noted at the line that copes with it.
 *
 * <p>The peer is our own mail server, yet much of what it sends was written by strangers, and the
 * port may be reached by others: every size, count and time is bounded ({@link
 * dev.backstop.edge.milter.Limits}), and header values and bodies stay bytes because signatures are
 * made over them. Start with {@link dev.backstop.edge.milter.MilterServer}, then read {@code
 * MilterSession} from {@code handle} on.
 */
@NullMarked
package dev.backstop.edge.milter;

import org.jspecify.annotations.NullMarked;
