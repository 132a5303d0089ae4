package dev.backstop.cli.attacks;

import dev.backstop.bounce.policy.Measure;
import dev.backstop.cli.check.print.SafeText;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.attacks.Episode;
import dev.backstop.server.attacks.Scope;
import dev.backstop.server.config.AnswerMode;
import dev.backstop.server.config.Answers;
import dev.backstop.server.config.BackstopConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One attack in plain sentences: what happens, since when, who, and what to do. */
final class AttackText {
  private static final int WIDTH = 96;
  private static final int LISTED = 5;

  private final Episode attack;
  private final AnswerMode mode;
  private final Measure inAttack;
  private final String domain;
  private final DateTimeFormatter time;
  private final StringBuilder text = new StringBuilder(2_048);

  AttackText(Episode attack, BackstopConfig config, ZoneId zone) {
    this.attack = attack;
    this.domain = attack.name().substring(attack.name().lastIndexOf('@') + 1);
    Answers answers = answers(config);
    this.mode = answers.mode();
    this.inAttack = answers.policy().inAttack();
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    write();
  }

  private Answers answers(BackstopConfig config) {
    int at = attack.name().lastIndexOf('@');
    var address = new Mailbox(at < 0 ? "postmaster" : attack.name().substring(0, at), domain);
    return config.answers(address).orElse(config.answers());
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void write() {
    text.append("%s: %s%n%n".formatted(attack.id(), SafeText.of(attack.name())));
    paragraph("  ", what());
    paragraph("  ", when());
    paragraph("  ", howMuch());
    list("Who hands the answers to us", attack.reporters());
    list("Where the spam came from, by what the answers return of it", attack.sources());
    list("The same as networks", attack.networks());
    list("Its subjects", attack.subjects());
    samples();
    section("What Backstop does");
    paragraph("    ", whatWeDo());
    section("What you can do");
    whatToDo().forEach(advice -> paragraph("    ", advice));
  }

  private String what() {
    return switch (attack.scope()) {
      case ADDRESS ->
          "Somebody sends mail in the name of this address. The bounces and automatic replies of"
              + " those who get it come to the address, which never wrote to them.";
      case DOMAIN ->
          "Somebody sends mail in the name of many addresses of this domain, most of them"
              + " invented. The bounces and automatic replies of those who get it come to us.";
    };
  }

  private String when() {
    String began = "It began about " + time.format(attack.began());
    Instant ended = attack.ended();
    if (ended == null) {
      return began + " and is under way; the last message came " + last() + ".";
    }
    Duration length = Duration.between(attack.began(), attack.lastSeen());
    return began
        + ", went on for "
        + words(length)
        + " and is over; the last message came "
        + last()
        + ".";
  }

  private String last() {
    return time.format(attack.lastSeen());
  }

  private String howMuch() {
    String most =
        "%,d messages, at most %,d in one minute; %s. "
            .formatted(attack.messages(), attack.peak(), usual());
    return most
        + (attack.refused() == 0
            ? "None was refused before its content was sent."
            : "%,d were refused before their content was sent.".formatted(attack.refused()));
  }

  private String usual() {
    return attack.usual() == 0
        ? "none is usual"
        : "up to %,d in an hour are usual".formatted(attack.usual());
  }

  private void section(String title) {
    text.append("%n  %s%n".formatted(title));
  }

  private void list(String title, List<Episode.Count> counts) {
    if (counts.isEmpty()) {
      return;
    }
    section(title);
    for (Episode.Count count : counts.subList(0, Math.min(LISTED, counts.size()))) {
      String name = count.name() == null ? "" : "  " + SafeText.of(count.name());
      text.append("  %,9d  %s%s%n".formatted(count.messages(), cut(count.value()), cut(name)));
    }
  }

  private void samples() {
    if (attack.samples().isEmpty()) {
      return;
    }
    section("Some messages");
    for (Episode.Sample sample : attack.samples()) {
      String id = sample.messageId() == null ? "no Message-ID" : sample.messageId();
      String peer = sample.peer() == null ? "unknown" : sample.peer();
      text.append("    %s  from %s  %s%n".formatted(time.format(sample.at()), peer, cut(id)));
    }
  }

  private String whatWeDo() {
    return switch (mode) {
      case ENFORCE ->
          "The domain is in mode enforce: what is proved false is dealt with by its policy (refused,"
              + " by default), and what is proved genuine is delivered."
              + stricter();
      case OBSERVE ->
          "The domain is in mode observe: everything is delivered and marked, and the log says"
              + " what would be refused.";
      case AUTO ->
          "The domain is in mode auto: what is proved false is refused as soon as enforcing has been"
              + " safe for long enough (backstop ready "
              + domain
              + ").";
    };
  }

  /** Of a domain under attack no address is stricter for it. */
  private String stricter() {
    if (attack.scope() == Scope.DOMAIN) {
      return "";
    }
    boolean over = attack.ended() != null;
    String unproven =
        switch (inAttack) {
          case PASS -> "delivered";
          case MARK -> "marked";
          case QUARANTINE -> "held by the mail server";
          case REFUSE -> "refused";
        };
    return (over ? " While it lasted" : " While it lasts")
        + ", what cannot be told is "
        + unproven
        + (over ? "; that is over." : ".");
  }

  private List<String> whatToDo() {
    var advice = new ArrayList<String>();
    if (mode == AnswerMode.OBSERVE) {
      advice.add(
          "Set mode = \"enforce\" for "
              + domain
              + " when all its mail leaves through Backstop: what is proved false is then refused.");
    }
    if (attack.scope() == Scope.DOMAIN) {
      advice.add(
          "Let the mail server refuse unknown recipients in the session; most of these do not"
              + " exist.");
    }
    advice.add(
        "Publish a DMARC policy of reject (backstop doctor "
            + domain
            + " says how): receivers then refuse the forged mail itself, and have nothing to"
            + " answer.");
    if (!attack.reporters().isEmpty()) {
      advice.add(
          "The hosts listed answer forged senders. Their administrators, and the networks that the"
              + " spam comes from, may not know it.");
    }
    return advice;
  }

  private void paragraph(String indent, String words) {
    var line = new StringBuilder(indent);
    for (String word : words.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH && line.length() > indent.length()) {
        text.append("%s%n".formatted(line));
        line.setLength(0);
        line.append(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    text.append("%s%n".formatted(line));
  }

  private static String cut(String words) {
    String safe = SafeText.of(words);
    return safe.length() <= WIDTH ? safe : safe.substring(0, WIDTH - 1) + "…";
  }

  /** The two largest units that there are. */
  private static String words(Duration length) {
    long minutes = Math.max(0, length.toMinutes());
    if (minutes == 0) {
      return "less than a minute";
    }
    if (minutes < 120) {
      return minutes + (minutes == 1 ? " minute" : " minutes");
    }
    return String.format(Locale.ROOT, "%d hours and %d minutes", minutes / 60, minutes % 60);
  }
}
