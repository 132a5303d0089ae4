/** Other mail servers that we talk to, as the configuration says. */
@NullMarked
package dev.backstop.server.nexthop;

import org.jspecify.annotations.NullMarked;
