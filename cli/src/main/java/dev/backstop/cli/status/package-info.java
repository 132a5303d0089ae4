/** {@code backstop status}: the last day at a glance. */
@NullMarked
package dev.backstop.cli.status;

import org.jspecify.annotations.NullMarked;
