/** {@code backstop recipients}: whether an address of ours exists, as a session would find out. */
@NullMarked
package dev.backstop.cli.recipients;

import org.jspecify.annotations.NullMarked;
