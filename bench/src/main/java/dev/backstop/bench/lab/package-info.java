/**
 * The verdict laboratory: every automatic message of a collection as an answer to mail of ours and
 * as one to mail that somebody forged, over every combination of available proofs, returned part
 * and damage; and the soak. It stands in the module of load tools because a main and tests share it
 * and it needs the whole server, which {@code testkit} must not know. Start with {@link
 * dev.backstop.bench.lab.Laboratory}.
 */
@NullMarked
package dev.backstop.bench.lab;

import org.jspecify.annotations.NullMarked;
