package dev.backstop.server.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From request to page, and from page to response. Filled before the server starts. */
final class Requests implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Requests.class);

  private final boolean loopbackOnly;
  private final Map<String, BiFunction<Headers, URI, Page>> pages = new HashMap<>();

  Requests(boolean loopbackOnly) {
    this.loopbackOnly = loopbackOnly;
  }

  void add(String path, BiFunction<Headers, URI, Page> page) {
    pages.put(path, page);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Page answer(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    if (loopbackOnly && !HostHeader.isLoopback(headers.getFirst("Host"))) {
      // RFC 9110 §15.5.20
      return Page.text(421, "This address answers to Host: localhost only.\n");
    }
    BiFunction<Headers, URI, Page> page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return Page.text(404, "Not found.\n");
    }
    if (!isRead(exchange)) {
      return Page.text(405, "GET or HEAD only.\n");
    }
    try {
      return page.apply(headers, exchange.getRequestURI());
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("path", exchange.getRequestURI()).log("page failed");
      return Page.text(500, "Failed; see the log.\n");
    }
  }

  private static boolean isRead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET") || exchange.getRequestMethod().equals("HEAD");
  }

  private static void send(HttpExchange exchange, Page page) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", page.contentType());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    if (page.status() == 405) {
      headers.set("Allow", "GET, HEAD");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(page.body().length));
      exchange.sendResponseHeaders(page.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(page.status(), page.body().length);
    exchange.getResponseBody().write(page.body());
  }
}
