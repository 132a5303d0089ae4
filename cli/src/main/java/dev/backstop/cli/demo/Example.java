package dev.backstop.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One mail, explained.
 *
 * @param title what it was
 * @param happened what led to it
 * @param said Backstop's own words: the SMTP reply, or the verdict in the delivered mail
 * @param seen what the user sees of it
 */
record Example(String title, String happened, String said, String seen) {

  /** Of each way that a mail can go, the first one. */
  static List<Example> of(Score score) {
    return Stream.of(
            score.example(Example::isFalseBounce).map(Example::refused),
            score.example(Example::isReplyWithOwnSender).map(Example::refusedAtEnd),
            score
                .example(each -> is(each, Kind.BOUNCE, Truth.GENUINE, Fate.DELIVERED))
                .map(Example::genuine))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Before its data when the user has sent nothing lately; who writes has it read first. */
  private static boolean isFalseBounce(Case one) {
    return is(one, Kind.BOUNCE, Truth.FALSE, Fate.REFUSED_BEFORE_DATA)
        || is(one, Kind.BOUNCE, Truth.FALSE, Fate.REFUSED_AT_END);
  }

  private static boolean isReplyWithOwnSender(Case one) {
    return is(one, Kind.AUTO_REPLY, Truth.FALSE, Fate.REFUSED_AT_END)
        && !one.arrival().mail().sender().isEmpty();
  }

  private static boolean is(Case one, Kind kind, Truth truth, Fate fate) {
    Arrival arrival = one.arrival();
    return arrival.kind() == kind && arrival.truth() == truth && one.fate() == fate;
  }

  private static Example refused(Case one) {
    String server = one.arrival().mail().client().name();
    return new Example(
        "A false bounce, refused in the session",
        "The spammer wrote to "
            + server
            + " in the name of "
            + one.arrival().user()
            + ". The server took the mail, could not deliver it and now returns it to our user.",
        said(one),
        name(one)
            + " sees nothing. The bounce stays where it was made, and who looks after "
            + server
            + " reads the line above in its log.");
  }

  private static Example refusedAtEnd(Case one) {
    return new Example(
        "A false auto-reply, refused after its data",
        "The spammer reached a mailbox that answers by itself. The reply has a sender of its own, "
            + one.arrival().mail().sender()
            + ", so no tag can be asked for; but it names the Message-ID that it answers.",
        said(one),
        name(one) + " sees nothing.");
  }

  private static Example genuine(Case one) {
    return new Example(
        "A genuine bounce, delivered",
        name(one)
            + " wrote to an address that "
            + one.arrival().mail().client().name()
            + " could not deliver to, and needs to know.",
        said(one),
        name(one)
            + " finds \""
            + one.arrival().mail().letter().field("Subject")
            + "\" in the inbox, addressed to the plain "
            + one.arrival().user()
            + ".");
  }

  private static String said(Case one) {
    return switch (one.outcome()) {
      case Outcome.Refused refused -> Words.plain(refused.reply());
      case Outcome.Accepted accepted ->
          "Backstop-Verdict: " + Words.plain(accepted.mail().letter().field("Backstop-Verdict"));
    };
  }

  private static String name(Case one) {
    String local = Mail.localPart(one.arrival().user());
    return local.substring(0, 1).toUpperCase(Locale.ROOT) + local.substring(1);
  }
}
