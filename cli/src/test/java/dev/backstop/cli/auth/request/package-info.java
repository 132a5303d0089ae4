/** What is understood as a question, and that nothing else is. */
@NullMarked
package dev.backstop.cli.auth.request;

import org.jspecify.annotations.NullMarked;
