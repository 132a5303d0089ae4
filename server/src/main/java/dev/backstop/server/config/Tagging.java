package dev.backstop.server.config;

import dev.backstop.bounce.tag.TagForm;
import dev.backstop.mail.address.Mailbox;
import java.util.List;

/**
 * How outgoing mail is marked: its senders signed, its header given a token.
 *
 * @param form for domains that set none of their own
 * @param except destinations whose mail keeps its plain sender, because they key on it (mailing
 *     lists, mostly)
 * @param token whether messages get our header token
 */
public record Tagging(TagForm form, List<Destination> except, boolean token) {
  static final Tagging DEFAULT = new Tagging(TagForm.PRVS, List.of(), true);

  public Tagging {
    except = List.copyOf(except);
  }

  /** Whether mail to that recipient keeps its plain sender. */
  public boolean excepts(Mailbox recipient) {
    return except.stream().anyMatch(destination -> destination.matches(recipient));
  }
}
