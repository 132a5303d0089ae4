/** Which configuration a command works with, and the commands that look at one. */
@NullMarked
package dev.backstop.cli.config;

import org.jspecify.annotations.NullMarked;
