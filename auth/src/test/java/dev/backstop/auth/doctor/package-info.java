/** Made-up zones, right and wrong. */
@NullMarked
package dev.backstop.auth.doctor;

import org.jspecify.annotations.NullMarked;
