/** A database with the users. */
@NullMarked
package dev.backstop.server.recipients.sql;

import org.jspecify.annotations.NullMarked;
