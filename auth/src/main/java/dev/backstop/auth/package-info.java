/**
 * Who a sender really is: what SPF, DKIM, DMARC and the reverse name say. Each protocol has its own
 * package with the same parts: record, parser, verifier, result.
 */
@NullMarked
package dev.backstop.auth;

import org.jspecify.annotations.NullMarked;
