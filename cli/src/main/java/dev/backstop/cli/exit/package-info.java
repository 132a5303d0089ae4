/** How a command ends: the exit statuses of {@code sysexits.h} that scripts can rely on. */
@NullMarked
package dev.backstop.cli.exit;

import org.jspecify.annotations.NullMarked;
