/** The command line. Start with {@link dev.backstop.cli.Main}, which lists the commands. */
@NullMarked
package dev.backstop.cli;

import org.jspecify.annotations.NullMarked;
