package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;

/**
 * One line of the result.
 *
 * @param file path as given, or {@code path:number} for a message of an mbox
 * @param truncated true when the message was longer than what is read
 */
record Checked(String file, boolean truncated, AutomaticMail mail, Opinion opinion) {}
