/**
 * {@code backstop keys dkim}: what signs messages, its records in DNS, and the keys of other
 * programs. Start with {@link dev.backstop.cli.keys.dkim.DkimCommand}.
 */
@NullMarked
package dev.backstop.cli.keys.dkim;

import org.jspecify.annotations.NullMarked;
