/** What all header fields of our own making share. */
@NullMarked
package dev.backstop.server.header;

import org.jspecify.annotations.NullMarked;
