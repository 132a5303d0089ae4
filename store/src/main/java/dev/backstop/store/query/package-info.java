/**
 * Questions to databases of others, such as a directory of users: one query, read only, a few
 * connections. Start with {@link dev.backstop.store.query.RowQuery}.
 */
@NullMarked
package dev.backstop.store.query;

import org.jspecify.annotations.NullMarked;
