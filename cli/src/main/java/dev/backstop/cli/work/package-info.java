/**
 * Much work, done at once and told in order. Start with {@link dev.backstop.cli.work.OrderedWork}.
 */
@NullMarked
package dev.backstop.cli.work;

import org.jspecify.annotations.NullMarked;
