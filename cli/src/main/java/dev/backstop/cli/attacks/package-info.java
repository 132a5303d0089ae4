/** {@code backstop attacks}: joe-jobs, listed and explained. */
@NullMarked
package dev.backstop.cli.attacks;

import org.jspecify.annotations.NullMarked;
