/** {@code backstop ready}: whether a domain can enforce. */
@NullMarked
package dev.backstop.cli.ready;

import org.jspecify.annotations.NullMarked;
