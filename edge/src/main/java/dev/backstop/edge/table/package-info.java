/**
 * The look-up table for Postfix (socketmap_table(5)): it takes our tags off recipients, those of
 * Postfix's own bounces among them.
 */
@NullMarked
package dev.backstop.edge.table;

import org.jspecify.annotations.NullMarked;
