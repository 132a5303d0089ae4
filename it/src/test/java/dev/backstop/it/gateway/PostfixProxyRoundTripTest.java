package dev.backstop.it.gateway;

import dev.backstop.it.RequiresPostfix;

/** Postfix, told by a PROXY header who the client is. */
@RequiresPostfix
class PostfixProxyRoundTripTest extends RoundTrip {
  @Override
  MailServer createServer() {
    return PostfixServer.withProxyHeader(gateway);
  }
}
