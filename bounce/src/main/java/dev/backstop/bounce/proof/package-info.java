/** Each proof answers one question alone: did we send the message that this one answers? */
@NullMarked
package dev.backstop.bounce.proof;

import org.jspecify.annotations.NullMarked;
