/** Lists of addresses in text files. */
@NullMarked
package dev.backstop.server.recipients.file;

import org.jspecify.annotations.NullMarked;
