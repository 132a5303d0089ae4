/**
 * The milter protocol, version 6, as Postfix and Sendmail speak it: how a mail server asks a filter
 * about a message while the client waits. There is no RFC; libmilter is the reference. Start with
 * {@code MilterServer}.
 */
@NullMarked
package dev.backstop.edge.milter;

import org.jspecify.annotations.NullMarked;
