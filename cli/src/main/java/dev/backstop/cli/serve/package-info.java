/** {@code backstop serve}: runs the server. */
@NullMarked
package dev.backstop.cli.serve;

import org.jspecify.annotations.NullMarked;
