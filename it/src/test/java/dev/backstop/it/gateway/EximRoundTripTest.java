package dev.backstop.it.gateway;

import dev.backstop.it.RequiresPostfix;

/** Exim behind the gateway; the foreign server is Postfix. */
@RequiresPostfix
@RequiresUnpacked(EximInstance.PACKAGE)
class EximRoundTripTest extends RoundTrip {
  @Override
  MailServer createServer() {
    return new EximInstance(gateway);
  }
}
