/**
 * The hosts that send and take mail for a domain, and whether their reverse names lead back to them
 * (RFC 1912 §2.1): large receivers refuse mail from hosts without. Start with {@link
 * dev.backstop.auth.doctor.host.MailHosts}.
 */
@NullMarked
package dev.backstop.auth.doctor.host;

import org.jspecify.annotations.NullMarked;
