/**
 * What a domain asks receivers to do with mail in its name (RFC 9989), and whether its reports can
 * arrive (RFC 9990 §4). Start with {@link dev.backstop.auth.doctor.dmarc.DmarcFacts}.
 */
@NullMarked
package dev.backstop.auth.doctor.dmarc;

import org.jspecify.annotations.NullMarked;
