/**
 * The command {@code check}: reads messages from files, folders, mailboxes and standard input and
 * says what each is. Start with {@link dev.backstop.cli.check.CheckCommand}.
 */
@NullMarked
package dev.backstop.cli.check;

import org.jspecify.annotations.NullMarked;
