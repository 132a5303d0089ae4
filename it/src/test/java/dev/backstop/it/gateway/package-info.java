/**
 * The gateway of a {@link dev.backstop.it.BackstopProcess} between clients and next hops: hostile
 * ones that are scripted here ({@link dev.backstop.it.gateway.Dialogue}, {@link
 * dev.backstop.it.gateway.RecordingHop}), and real Postfix, Exim and OpenSMTPD.
 *
 * <p>The abuse matrix is tables of {@link dev.backstop.it.gateway.Case}: what a client sends, what
 * must come back, and what the next hop may have got. Whatever else happens, the next hop never
 * gets a bare CR, a bare LF or a NUL, nor a second message ({@link
 * dev.backstop.it.gateway.Matrix}).
 */
@NullMarked
package dev.backstop.it.gateway;

import org.jspecify.annotations.NullMarked;
