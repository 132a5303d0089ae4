/** The doctor on made-up domains. */
@NullMarked
package dev.backstop.cli.doctor;

import org.jspecify.annotations.NullMarked;
