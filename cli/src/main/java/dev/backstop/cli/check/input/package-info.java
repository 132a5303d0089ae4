/**
 * From the paths of the command line to messages: folders, mbox files, Maildirs, packed files and
 * streams. Start with {@link dev.backstop.cli.check.input.Inputs}.
 */
@NullMarked
package dev.backstop.cli.check.input;

import org.jspecify.annotations.NullMarked;
