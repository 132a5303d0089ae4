/** The gateway, put together from the configuration. */
@NullMarked
package dev.backstop.server.gateway;

import org.jspecify.annotations.NullMarked;
