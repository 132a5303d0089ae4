package dev.backstop.server.flow;

import dev.backstop.bounce.tag.HeaderToken;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.bounce.tag.TokenCheck;
import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.server.header.OwnField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header token of a message that leaves. Immutable, safe for all threads. */
final class Tokens {
  private final HeaderToken token;

  Tokens(HeaderToken token) {
    this.token = token;
  }

  /**
   * Our token for a message; empty when it carries it already, from another of our servers.
   *
   * @param sender as in the envelope
   */
  Optional<String> missing(
      Mailbox sender, String messageId, List<HeaderField> header, Instant now) {
    Mailbox tagless = TaggedAddress.read(sender).plainOrNull();
    Mailbox plain = tagless == null ? sender : tagless;
    List<HeaderField> there =
        header.stream().filter(field -> field.nameIs(HeaderToken.FIELD)).limit(2).toList();
    boolean ours =
        there.size() == 1
            && token.verify(there.getFirst().text(), plain, messageId, now)
                instanceof TokenCheck.Valid;
    return ours ? Optional.empty() : Optional.of(token.sign(plain, messageId, now));
  }

  /** The header as it leaves: with that token, and no other. */
  static List<HeaderField> with(String token, List<HeaderField> header) {
    List<HeaderField> all = new ArrayList<>(header.size() + 1);
    byte[] value = (" " + token).getBytes(StandardCharsets.US_ASCII);
    all.add(new HeaderField(HeaderToken.FIELD, value));
    header.stream().filter(field -> !field.nameIs(HeaderToken.FIELD)).forEach(all::add);
    return all;
  }

  /** The edits that make the header so. */
  static void edit(String token, List<HeaderField> header, List<Action.Edit> edits) {
    OwnField.removeForged(HeaderToken.FIELD, header, edits);
    edits.add(new Action.Edit.InsertHeader(HeaderToken.FIELD, token));
  }
}
