package dev.backstop.server.senders;

import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.server.config.Dmarc;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What the sender's own domain asks for, and what is done. A pure function of findings and
 * configuration.
 *
 * @param asked by the domain's policy
 * @param taken by us: never more than was asked
 * @param mode of the recipients' domains
 * @param forwarder the list or forwarder that is excepted; empty when none is
 * @param reason one sentence: why DMARC failed; empty when nothing is asked
 */
public record SenderDecision(
    Measure asked, Measure taken, Mode mode, Optional<String> forwarder, String reason) {

  /**
   * Weighs.
   *
   * @param genuine whether this is a proved answer to mail of ours, which nothing may stop
   */
  public static SenderDecision decide(
      SenderFindings findings, Peer peer, Dmarc config, Mode mode, boolean genuine) {
    Measure asked =
        switch (findings.policy()) {
          case NONE -> Measure.PASS;
          case QUARANTINE -> Measure.MARK;
          case REJECT -> Measure.REFUSE;
        };
    if (asked == Measure.PASS) {
      return new SenderDecision(asked, asked, mode, Optional.empty(), "");
    }
    Optional<String> forwarder = forwarder(findings, peer, config);
    boolean lets = mode == Mode.OBSERVE || forwarder.isPresent() || genuine;
    String reason = findings.dmarc().map(DmarcOutcome::reason).orElse("");
    return new SenderDecision(asked, lets ? Measure.PASS : asked, mode, forwarder, reason);
  }

  private static Optional<String> forwarder(SenderFindings findings, Peer peer, Dmarc config) {
    InetAddress client = peer.address();
    if (client != null && config.exceptsClient(client)) {
      return Optional.of(peer.describe());
    }
    return findings.proved().map(DnsName::text).filter(config::exceptsDomain).findFirst();
  }
}
