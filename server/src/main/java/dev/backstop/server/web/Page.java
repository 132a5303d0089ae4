package dev.backstop.server.web;

import java.nio.charset.StandardCharsets;

/** An answer, whole in memory. The body is not copied: nobody changes it. */
@SuppressWarnings("ArrayRecordComponent")
record Page(int status, String contentType, byte[] body) {

  static Page text(int status, String text) {
    return new Page(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Page json(int status, byte[] json) {
    return new Page(status, "application/json", json);
  }
}
