package dev.backstop.cli.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Our users write, mostly to people who exist. For one thread. */
final class OurUsers {
  private static final List<String> SUBJECTS =
      List.of(
          "Offer for the new roof",
          "Minutes of Tuesday",
          "Invoice 4711",
          "Are you coming on Friday?",
          "Photos of the harbour",
          "Draft of the contract",
          "Question about the seeds");

  /**
   * Writes to a mailing list, which gets mail with the plain sender; so her plain address takes
   * answers, and only the journal tells which are true.
   */
  private static final String GARDENER = OurMailServer.address("hana");

  /**
   * The one who asks for receipts: they come to the plain address with the null sender, so all
   * null-sender mail to it is read instead of refused at RCPT.
   */
  private static final String ASKING = OurMailServer.address("ben");

  private final RandomGenerator random;
  private final Templates templates = new Templates();

  OurUsers(RandomGenerator random) {
    this.random = random;
  }

  /** Somebody of ours who writes mail. */
  String somebody() {
    return OurMailServer.address(
        OurMailServer.USERS.get(random.nextInt(OurMailServer.USERS.size() - 1)));
  }

  /** A new mail of one of our users, as handed to our mail server. */
  Mail write(Agenda agenda) {
    String user = somebody();
    List<String> recipients = recipients(user);
    Map<String, String> values = new HashMap<>();
    values.put("user", user);
    values.put("recipients", String.join(", ", recipients));
    values.put("subject", Directory.pick(SUBJECTS, random));
    values.put("date", Letter.date(agenda.now()));
    values.put(
        "message-id",
        String.format(Locale.ROOT, "<%016x@%s>", random.nextLong(), OurMailServer.DOMAIN));
    values.put(
        "receipt",
        user.equals(ASKING) ? "Disposition-Notification-To: " + user : "X-Mailer: Letterbox 4");
    return new Mail(
        new Mail.Client("laptop." + OurMailServer.DOMAIN, "203.0.113.20", Mail.localPart(user)),
        user,
        recipients,
        templates.write("our-mail", values));
  }

  private List<String> recipients(String user) {
    int chance = random.nextInt(100);
    if (user.equals(GARDENER) && chance < 40) {
      return List.of(Directory.LIST);
    }
    if (chance < 15) {
      return List.of(Directory.nobody(random)); // a typing error, or somebody who has left
    }
    List<String> recipients = new ArrayList<>(List.of(Directory.somebody(random)));
    String another = Directory.somebody(random);
    if (chance < 25 && !recipients.contains(another)) {
      recipients.add(another);
    }
    return recipients;
  }
}
