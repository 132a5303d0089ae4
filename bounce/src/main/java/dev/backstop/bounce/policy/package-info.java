/**
 * What is done with an answer once its verdict is known. Start with {@link
 * dev.backstop.bounce.policy.Policy}.
 */
@NullMarked
package dev.backstop.bounce.policy;

import org.jspecify.annotations.NullMarked;
