package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Case.END;
import static dev.backstop.it.gateway.Case.ENVELOPE;
import static dev.backstop.it.gateway.Case.HEADER;
import static dev.backstop.it.gateway.Case.NOTHING;
import static dev.backstop.it.gateway.Case.NO_MESSAGE;
import static dev.backstop.it.gateway.Case.commands;

import dev.backstop.it.gateway.Case.Expected;
import dev.backstop.it.gateway.Case.One;
import dev.backstop.it.gateway.Case.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters of MAIL and RCPT: lies about the size, and what was never offered. */
class ParameterTest extends GatewayTest {
  private static final String NO = "(501|504|555)";

  @Override
  Gateway create() {
    return new Gateway(
        Script.offering("PIPELINING", "SIZE 20000000", "ENHANCEDSTATUSCODES", "DSN"),
        "max-message-size = \"1MiB\"");
  }

  static Stream<Case> ofMail() {
    return Stream.of(
        mail("SIZE=0", "250"),
        mail("SIZE=1000000", "250"),
        mail("SIZE=1048577", "552"),
        mail("SIZE=20000001", "552"),
        mail("SIZE=2147483648", "552"),
        mail("SIZE=4294967296", "552"),
        mail("SIZE=9223372036854775807", "552"),
        mail("SIZE=9223372036854775808", "(501|552)"),
        mail("SIZE=18446744073709551617", "(501|552)"),
        mail("SIZE=99999999999999999999999999999999999999", "(501|552)"),
        mail("SIZE=-1", "501"),
        mail("SIZE=+1", "501"),
        mail("SIZE=1x", "501"),
        mail("SIZE=0x10", "501"),
        mail("SIZE=", "501"),
        mail("SIZE", "501"),
        mail("SIZE=1 SIZE=2", "501"),
        mail("BODY=7BIT", "(250|501|504|555)"),
        mail("BODY=8BITMIME", NO),
        mail("BODY=BINARYMIME", NO),
        mail("BODY=", NO),
        mail("BODY", NO),
        mail("SMTPUTF8", NO),
        mail("SMTPUTF8=1", NO),
        mail("RET=FULL", NO),
        mail("RET=HDRS", NO),
        mail("ENVID=x", NO),
        mail("AUTH=<>", NO),
        mail("MT-PRIORITY=9", NO),
        mail("HOLDFOR=999999", NO),
        mail("BY=100;R", NO),
        mail("REQUIRETLS", NO),
        mail("FOO=BAR", NO),
        mail("FOO", NO),
        mail("=", NO),
        mail("FOO=BAR\0", "5\\d\\d"),
        mail("X".repeat(300) + "=1", "5\\d\\d"));
  }

  static Stream<Case> ofRcpt() {
    return Stream.of(
        rcpt("NOTIFY=SUCCESS"),
        rcpt("NOTIFY=NEVER"),
        rcpt("NOTIFY=FAILURE,DELAY"),
        rcpt("ORCPT=rfc822;a@b"),
        rcpt("RRVS=2020-01-01T00:00:00Z"),
        rcpt("FOO=BAR"),
        rcpt("FOO"));
  }

  /** A size that is a lie does no harm: octets are counted. */
  static Stream<Case> lies() {
    return Stream.of(
        sized("smaller than it is", "SIZE=1", "x".repeat(500), "250", new One("x\r\n")),
        sized("larger than it is", "SIZE=1000000", "x", "250", new One("x\r\n")),
        sized("small, and too large", "SIZE=1", "x".repeat(900) + "\r\n", 1500, "552", NO_MESSAGE),
        sized("none, and too large", "", "x".repeat(900) + "\r\n", 1500, "552", NO_MESSAGE));
  }

  private static Case mail(String parameters, String reply) {
    Expected expected = reply.contains("250") ? NO_MESSAGE : NOTHING;
    return commands(
        "MAIL " + parameters.replace("\0", "NUL"),
        reply + " 221",
        expected,
        "MAIL FROM:<sender@foreign.test> " + parameters,
        "QUIT");
  }

  private static Case rcpt(String parameters) {
    return commands(
        "RCPT " + parameters,
        "250 " + NO + " 221",
        NO_MESSAGE,
        "MAIL FROM:<sender@foreign.test>",
        "RCPT TO:<user@ours.test> " + parameters,
        "QUIT");
  }

  private static Case sized(String name, String size, String text, String reply, Expected hop) {
    return sized(name, size, text, 1, reply, hop);
  }

  private static Case sized(
      String name, String size, String text, int times, String reply, Expected hop) {
    String envelope = ENVELOPE.replaceFirst(">", "> " + size).replace("> \r", ">\r");
    return new Case(
        "SIZE " + name,
        List.of(
            new Step(envelope + "DATA\r\n", 3),
            new Step(HEADER + text.repeat(times) + END, 1),
            new Step("QUIT\r\n", 1)),
        "250 250 354 " + reply + " 221",
        hop,
        -1);
  }

  @ParameterizedTest
  @MethodSource("ofMail")
  void ofMailOnlyWhatWasOffered(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("ofRcpt")
  void strangersGetNoReportsAndNothingElse(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void octetsAreCountedWhateverSizeSays(Case row) {
    Matrix.run(gateway, row);
  }
}
