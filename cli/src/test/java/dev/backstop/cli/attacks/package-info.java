@NullMarked
package dev.backstop.cli.attacks;

import org.jspecify.annotations.NullMarked;
