/**
 * What several sections ask of DNS in the same way. Start with {@link
 * dev.backstop.auth.doctor.ask.HostAddresses}.
 */
@NullMarked
package dev.backstop.auth.doctor.ask;

import org.jspecify.annotations.NullMarked;
