/** What a transaction is judged by: the configuration and the keys as they were when it began. */
@NullMarked
package dev.backstop.server.rules;

import org.jspecify.annotations.NullMarked;
