/**
 * What {@code check} found, for one message and in sum. Start with {@link
 * dev.backstop.cli.check.result.Checked}.
 */
@NullMarked
package dev.backstop.cli.check.result;

import org.jspecify.annotations.NullMarked;
