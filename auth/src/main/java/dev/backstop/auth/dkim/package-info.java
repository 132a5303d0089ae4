/**
 * DKIM signatures (RFC 6376, 8301, 8463): a domain vouches for a message. They are made and checked
 * over the exact bytes.
 */
@NullMarked
package dev.backstop.auth.dkim;

import org.jspecify.annotations.NullMarked;
