/**
 * Name servers for tests: one {@link dev.backstop.testkit.dns.Zone}, answered without a network by
 * {@link dev.backstop.testkit.dns.FakeResolver} or over it by {@link
 * dev.backstop.testkit.dns.DnsServer}. Start with the first.
 */
@NullMarked
package dev.backstop.testkit.dns;

import org.jspecify.annotations.NullMarked;
