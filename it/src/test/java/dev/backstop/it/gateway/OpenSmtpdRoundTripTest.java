package dev.backstop.it.gateway;

import dev.backstop.it.RequiresPostfix;

/** OpenSMTPD behind the gateway; the foreign server is Postfix. */
@RequiresPostfix
@RequiresUnpacked(OpenSmtpdInstance.PACKAGE)
class OpenSmtpdRoundTripTest extends RoundTrip {
  @Override
  MailServer createServer() {
    return new OpenSmtpdInstance(gateway);
  }
}
