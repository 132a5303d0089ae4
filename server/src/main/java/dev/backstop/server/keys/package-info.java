/**
 * The secrets of an installation and the one file that holds them. Start with {@link
 * dev.backstop.server.keys.KeyFile}.
 */
@NullMarked
package dev.backstop.server.keys;

import org.jspecify.annotations.NullMarked;
