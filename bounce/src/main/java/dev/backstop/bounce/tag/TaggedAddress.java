package dev.backstop.bounce.tag;

import dev.backstop.mail.address.Mailbox;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address taken apart: what stands in its local part beside the user.
 *
 * <p>Reading says nothing about validity: see {@link Tagger#verify}.
 */
public sealed interface TaggedAddress {

  /** No tag of any dialect that we know. */
  record Plain(Mailbox address) implements TaggedAddress {}

  /** Our dialect, in one of its two forms. */
  record Ours(TagForm form, Tag tag, Mailbox plain) implements TaggedAddress {}

  /** A tag in the dialect of another product: recognised, never trusted, left alone. */
  record Foreign(String dialect, Mailbox address) implements TaggedAddress {}

  /** Takes an address apart. Case of the marks is ignored because relays fold it. */
  static TaggedAddress read(Mailbox address) {
    String local = unquoted(address.localPart());
    if (local.regionMatches(true, 0, "prvs=", 0, 5)) {
      return readPrvs(address, local);
    }
    String lower = local.toLowerCase(Locale.ROOT);
    if (lower.startsWith("btv1==") && lower.indexOf("==", 6) > 6) {
      return new Foreign("btv1", address);
    }
    if (lower.startsWith("msprvs1=") && lower.indexOf('=', 8) > 8) {
      return new Foreign("msprvs1", address);
    }
    int mark = lower.lastIndexOf("+prvs=");
    Tag tag = mark > 0 ? Tag.parse(local.substring(mark + 6)) : null;
    return tag == null
        ? new Plain(address)
        : new Ours(TagForm.SUB_ADDRESS, tag, withUser(address, local.substring(0, mark)));
  }

  private static TaggedAddress readPrvs(Mailbox address, String local) {
    int end = local.indexOf('=', 5);
    if (end < 0 || end == local.length() - 1) {
      return new Plain(address);
    }
    Tag tag = Tag.parse(local.substring(5, end));
    if (tag != null) {
      return new Ours(TagForm.PRVS, tag, withUser(address, local.substring(end + 1)));
    }
    return new Foreign("prvs", address); // prvs=USER=TAG, or a tag of another length
  }

  /** The address with {@code tag} put in; a quoted local part is tagged inside its quotes. */
  static Mailbox render(Mailbox plain, TagForm form, Tag tag) {
    String user = unquoted(plain.localPart());
    return withUser(
        plain,
        switch (form) {
          case PRVS -> "prvs=" + tag + "=" + user;
          case SUB_ADDRESS -> user + "+prvs=" + tag;
        });
  }

  private static Mailbox withUser(Mailbox address, String user) {
    return address.withLocalPart(isQuoted(address.localPart()) ? "\"" + user + "\"" : user);
  }

  private static String unquoted(String localPart) {
    return isQuoted(localPart) ? localPart.substring(1, localPart.length() - 1) : localPart;
  }

  private static boolean isQuoted(String localPart) {
    return localPart.length() >= 2 && localPart.startsWith("\"") && localPart.endsWith("\"");
  }

  /** The user's own address when this is our dialect, else {@code null}. */
  default @Nullable Mailbox plainOrNull() {
    return this instanceof Ours ours ? ours.plain() : null;
  }
}
