/**
 * Whether hosts stand on lists by which receivers refuse mail (RFC 5782). Lists vanish, and refuse
 * to answer who asks too much or through a public resolver; therefore each is tried with addresses
 * whose answer is known before it is believed. Start with {@link
 * dev.backstop.auth.doctor.blocklist.Blocklist}.
 */
@NullMarked
package dev.backstop.auth.doctor.blocklist;

import org.jspecify.annotations.NullMarked;
