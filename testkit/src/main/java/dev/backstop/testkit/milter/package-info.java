/**
 * The mail server's side of the milter protocol, for tests: {@link
 * dev.backstop.testkit.milter.MilterClient} speaks it, {@link
 * dev.backstop.testkit.milter.MilterScript} plays dialogues that a person can read.
 */
@NullMarked
package dev.backstop.testkit.milter;

import org.jspecify.annotations.NullMarked;
