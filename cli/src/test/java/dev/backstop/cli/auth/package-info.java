/** What is asked of {@code auth} and what it answers, with name servers that are a map. */
@NullMarked
package dev.backstop.cli.auth;

import org.jspecify.annotations.NullMarked;
