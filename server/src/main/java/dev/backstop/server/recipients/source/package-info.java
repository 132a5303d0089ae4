/** What every directory of recipients is asked and may say; who they are, others know. */
@NullMarked
package dev.backstop.server.recipients.source;

import org.jspecify.annotations.NullMarked;
