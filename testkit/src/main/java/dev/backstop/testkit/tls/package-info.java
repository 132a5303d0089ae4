/**
 * Certificates made for a test in a moment: own authorities, any name, any time. Start with {@link
 * dev.backstop.testkit.tls.TestCertificate}.
 */
@NullMarked
package dev.backstop.testkit.tls;

import org.jspecify.annotations.NullMarked;
