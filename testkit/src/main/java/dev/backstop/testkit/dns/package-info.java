/** Name servers for tests. Start with {@link dev.backstop.testkit.dns.FakeResolver}. */
@NullMarked
package dev.backstop.testkit.dns;

import org.jspecify.annotations.NullMarked;
