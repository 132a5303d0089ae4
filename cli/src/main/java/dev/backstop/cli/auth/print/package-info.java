/**
 * Answers as JSON for programs and as blocks for people. Start with {@link
 * dev.backstop.cli.auth.print.AnswerPrinter}.
 */
@NullMarked
package dev.backstop.cli.auth.print;

import org.jspecify.annotations.NullMarked;
