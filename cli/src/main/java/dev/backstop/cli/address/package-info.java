/** {@code backstop address}: what a tag says, and how to make one. */
@NullMarked
package dev.backstop.cli.address;

import org.jspecify.annotations.NullMarked;
