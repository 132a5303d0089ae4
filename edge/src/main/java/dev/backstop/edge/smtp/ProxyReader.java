package dev.backstop.edge.smtp;

import dev.backstop.edge.proxy.ProxyHeader;
import java.io.IOException;
import java.util.Optional;

/** Reads the PROXY header at the beginning of a connection. */
final class ProxyReader {
  private ProxyReader() {}

  /** Empty when the first octets are no such header. */
  static Optional<ProxyHeader> read(Input input) throws IOException {
    var found = new ProxyHeader[1];
    boolean[] bad = {false};
    while (found[0] == null && !bad[0]) {
      boolean more =
          input.peek((octets, from, to) ->
              switch (ProxyHeader.parse(octets, from, to)) {
                case ProxyHeader.Parsed.Incomplete _ -> {
                  bad[0] = to - from >= ProxyHeader.MAX;
                  yield from;
                }
                case ProxyHeader.Parsed.Bad _ -> {
                  bad[0] = true;
                  yield from;
                }
                case ProxyHeader.Parsed.Done done -> {
                  found[0] = done.header();
                  yield from + done.length();
                }
              });
      if (!more) {
        break;
      }
    }
    return Optional.ofNullable(found[0]);
  }
}
