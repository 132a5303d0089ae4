/** Log lines on standard error, one event a line as {@code key=value}. */
@NullMarked
package dev.backstop.cli.log;

import org.jspecify.annotations.NullMarked;
