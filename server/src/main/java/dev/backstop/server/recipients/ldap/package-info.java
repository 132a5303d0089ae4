/** A directory that speaks LDAP; the only place that knows the library. */
@NullMarked
package dev.backstop.server.recipients.ldap;

import org.jspecify.annotations.NullMarked;
