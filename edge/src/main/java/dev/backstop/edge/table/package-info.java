/**
 * The look-up table for Postfix (socketmap_table(5)): it takes our tags off recipients, those of
 * Postfix's own bounces among them, which no milter sees. Start with {@link
 * dev.backstop.edge.table.TableServer}.
 */
@NullMarked
package dev.backstop.edge.table;

import org.jspecify.annotations.NullMarked;
