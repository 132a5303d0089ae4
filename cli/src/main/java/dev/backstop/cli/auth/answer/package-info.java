/**
 * The checks themselves, made as the server makes them, and what they found. Start with {@link
 * dev.backstop.cli.auth.answer.Judge}.
 */
@NullMarked
package dev.backstop.cli.auth.answer;

import org.jspecify.annotations.NullMarked;
