/**
 * Metrics and health over HTTP, meant for this machine and its monitoring. HTTP types stop here;
 * {@code docs/decisions/0002-http-server.md} says why it is the JDK's own server. Start with {@link
 * dev.backstop.server.web.WebServer}.
 */
@NullMarked
package dev.backstop.server.web;

import org.jspecify.annotations.NullMarked;
