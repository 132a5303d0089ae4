/**
 * The path of a message from a door to its verdict: what {@code docs/flow.md} tells in prose, in
 * the same order. Start with {@link dev.backstop.server.flow.Flow}.
 */
@NullMarked
package dev.backstop.server.flow;

import org.jspecify.annotations.NullMarked;
