package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Site;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway tells its next hop before the message is read must be what comes of it. */
class GatewayFilterTest {
  private static final String CONFIG =
      """
      domains = ["ours.test", "strict.test"]
      tagging.except = ["list.test"]
      [domain."strict.test"]
      mode = "enforce"
      """;

  @TempDir private Path folder;

  private static Peer peer(String address, @Nullable String login) {
    return new Peer(InetAddress.ofLiteral(address), "unknown", "client.test", login, false);
  }

  private static Transaction transaction(String client, String from, String... to)
      throws AddressSyntaxException {
    List<Mailbox> recipients = new java.util.ArrayList<>();
    for (String recipient : to) {
      recipients.add(Mailbox.parse(recipient));
    }
    return new Transaction(peer(client, null), "id", ReversePath.parse(from), recipients);
  }

  @Test
  void ourClientsAreThoseInOurNetworksAndThoseWhoLoggedIn() throws Exception {
    try (Site site = new Site(folder, CONFIG)) {
      assertThat(site.flow.isOurClient(peer("127.0.0.1", null))).isTrue();
      assertThat(site.flow.isOurClient(peer("192.0.2.1", null))).isFalse();
      assertThat(site.flow.isOurClient(peer("192.0.2.1", "anna"))).isTrue();
      assertThat(site.flow.isOurs(Mailbox.parse("anna@OURS.test"))).isTrue();
      assertThat(site.flow.isOurs(Mailbox.parse("anna@sub.ours.test"))).isFalse();
    }
  }

  @Test
  void theSenderToldAtOnceIsTheOneWithWhichTheMessageLeaves() throws Exception {
    try (Site site = new Site(folder, CONFIG)) {
      Transaction leaving = transaction("127.0.0.1", "<anna@ours.test>", "<x@else.test>");
      ReversePath told = site.flow.senderAtNextHop(leaving);
      assertThat(TaggedAddress.read((Mailbox) told)).isInstanceOf(TaggedAddress.Ours.class);
      Action action = site.message(leaving, Site.message("Subject: a\n\nbody\n"));
      assertThat(Site.edits(action)).contains(new Edit.ChangeSender((Mailbox) told));
    }
  }

  @Test
  void othersKeepTheirSender() throws Exception {
    try (Site site = new Site(folder, CONFIG)) {
      Transaction forged = transaction("192.0.2.1", "<anna@ours.test>");
      assertThat(site.flow.senderAtNextHop(forged)).isEqualTo(Mailbox.parse("anna@ours.test"));
      Transaction bounce = transaction("127.0.0.1", "<>");
      assertThat(site.flow.senderAtNextHop(bounce)).isEqualTo(NullReversePath.INSTANCE);
    }
  }

  @Test
  void theRecipientToldAtOnceIsTheOneThatTheMessageGoesTo() throws Exception {
    try (Site site = new Site(folder, CONFIG)) {
      Mailbox anna = Mailbox.parse("anna@ours.test");
      Mailbox tagged =
          (Mailbox) site.flow.senderAtNextHop(transaction("127.0.0.1", "<anna@ours.test>"));
      Transaction bounce = transaction("192.0.2.1", "<>", tagged.toPath());
      assertThat(site.flow.recipientAtNextHop(bounce, tagged)).isEqualTo(anna);
      Action action = site.message(bounce, Site.message("Subject: a\n\nbody\n"));
      assertThat(Site.edits(action)).contains(new Edit.ReplaceRecipient(tagged, anna));
      Mailbox foreign = Mailbox.parse("prvs=1234abcdef=x@else.test");
      assertThat(site.flow.recipientAtNextHop(bounce, foreign)).isEqualTo(foreign);
    }
  }

  @Test
  void whatDiffersIsNotJudgedAlike() throws Exception {
    try (Site site = new Site(folder, CONFIG)) {
      Transaction stranger = transaction("192.0.2.1", "<x@else.test>", "<anna@ours.test>");
      assertThat(site.flow.areJudgedAlike(stranger, Mailbox.parse("ben@ours.test"))).isTrue();
      assertThat(site.flow.areJudgedAlike(stranger, Mailbox.parse("ben@strict.test"))).isFalse();
      Transaction bounce = transaction("192.0.2.1", "<>", "<anna@ours.test>");
      assertThat(site.flow.areJudgedAlike(bounce, Mailbox.parse("ben@ours.test"))).isFalse();
      Transaction leaving = transaction("127.0.0.1", "<anna@ours.test>", "<x@else.test>");
      assertThat(site.flow.areJudgedAlike(leaving, Mailbox.parse("ben@strict.test"))).isTrue();
    }
  }
}
