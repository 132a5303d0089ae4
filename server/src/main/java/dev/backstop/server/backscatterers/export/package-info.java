/**
 * Our own list in the forms that other programs read. Start with {@link
 * dev.backstop.server.backscatterers.export.ListFormat}.
 */
@NullMarked
package dev.backstop.server.backscatterers.export;

import org.jspecify.annotations.NullMarked;
