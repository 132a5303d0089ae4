/** {@code backstop keys}: what signs, and how to change it. */
@NullMarked
package dev.backstop.cli.keys;

import org.jspecify.annotations.NullMarked;
