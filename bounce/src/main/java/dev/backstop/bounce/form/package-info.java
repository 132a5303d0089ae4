/**
 * What kind of automatic message this is, and what it says about the message it answers (RFC 3464,
 * RFC 3834, RFC 8098, RFC 5965).
 *
 * <p>A message is judged by its content; start with {@link dev.backstop.bounce.form.MessageReader}.
 */
@NullMarked
package dev.backstop.bounce.form;

import org.jspecify.annotations.NullMarked;
