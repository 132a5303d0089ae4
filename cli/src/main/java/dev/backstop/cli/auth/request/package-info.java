/**
 * What {@code auth} can be asked, from the command line or as lines of JSON. Start with {@link
 * dev.backstop.cli.auth.request.Request}.
 */
@NullMarked
package dev.backstop.cli.auth.request;

import org.jspecify.annotations.NullMarked;
