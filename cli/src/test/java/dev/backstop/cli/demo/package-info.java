/** The demo as a test, and that it can fail. */
@NullMarked
package dev.backstop.cli.demo;

import org.jspecify.annotations.NullMarked;
