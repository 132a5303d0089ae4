package dev.backstop.server.recipients.callout;

import dev.backstop.server.recipients.callout.Prober.Said;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer to RCPT says of the mailbox. */
enum Reading {
  EXISTS,
  UNKNOWN,
  /** It is about something else, or may change: our address, a list, greylisting. */
  NOTHING;

  /** RFC 5321 §4.2.3: "mailbox unavailable", "User not local", "mailbox name not allowed". */
  private static final Set<Integer> MAILBOX = Set.of(550, 551, 553);

  /** RFC 3463 §3.2: these two speak of the sender's address. */
  private static final Set<String> OF_SENDER = Set.of("7", "8");

  /** "Recipient address rejected: Access denied", of its directory of recipients. */
  private static final String EXCHANGE_ONLINE = "5.4.1";

  private static final Pattern ENHANCED = Pattern.compile("^([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");

  static Reading of(Said said) {
    if (said.code() / 100 == 2) {
      return EXISTS;
    }
    if (said.code() / 100 != 5) {
      return NOTHING;
    }
    Matcher enhanced = ENHANCED.matcher(said.text());
    if (!enhanced.find()) {
      return MAILBOX.contains(said.code()) ? UNKNOWN : NOTHING;
    }
    boolean ofAddress =
        enhanced.group(1).equals("5")
            && enhanced.group(2).equals("1")
            && !OF_SENDER.contains(enhanced.group(3));
    return ofAddress || enhanced.group().equals(EXCHANGE_ONLINE) ? UNKNOWN : NOTHING;
  }
}
