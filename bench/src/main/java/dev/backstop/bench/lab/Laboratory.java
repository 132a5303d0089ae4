package dev.backstop.bench.lab;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.bench.lab.Forgery.Victim;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.MessageReader;
import dev.backstop.bounce.form.ReturnedMessage.Part;
import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.dns.DnsName;
import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.answers.AnswerJudge.AtRecipient;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.flow.Flow;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import dev.backstop.store.StoreSettings;
import dev.backstop.store.UnableToOpenStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns each specimen into answers to mail of ours and into answers to forged mail, has an
 * installation judge them, and counts.
 *
 * <p>Ours are really sent: through {@link Flow}, whose edits make the letter that comes back. A
 * proof that is not available was never made: mail without a tag left by an exception, without a
 * journal row while the store failed, without token or signature because these are turned off. For
 * one thread.
 */
final class Laboratory implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  private static final String OURS = "ours.test";

  private static final List<Damage> DAMAGES = List.of(Damage.values());

  /** Every third letter is long, so that a cut at 4 kB goes through its header. */
  private static final int LONG = 3;

  private static final String FILLER = ("X-Filler: " + "0123456789 ".repeat(6) + "\r\n").repeat(55);

  private final SteppedClock clock = new SteppedClock(START);
  private final Map<Scene, Bench> benches = new EnumMap<>(Scene.class);
  private final Matrix matrix = new Matrix();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final Store gone;
  private int number;

  /** One installation, and who leaves through it. */
  private record Bench(Installation installation, Map<Available, Flow> flows, String signature) {}

  /** An empty laboratory in an empty folder. */
  Laboratory(Path folder)
      throws IOException, ConfigException, StoreException, UnableToOpenStoreException {
    Keys keys = Keys.generate(new SecureRandom(), START.minus(Duration.ofDays(60)));
    DkimKeys dkim = dkim();
    gone = Store.open(folder.resolve("gone"), keys.journal(), StoreSettings.DEFAULTS, clock);
    gone.close();
    for (Scene scene : Scene.values()) {
      clock.set(START.minus(scene.age()));
      var installation =
          new Installation(folder.resolve(scene.name()), scene.toml(true), keys, dkim, clock);
      clock.set(START);
      Map<Available, Flow> flows = new HashMap<>();
      for (Available each : Available.all()) {
        flows.put(
            each,
            installation.leaving(
                scene.toml(each.token()),
                each.dkim() ? dkim : DkimKeys.NONE,
                each.journal() ? installation.store.journal() : gone.journal()));
      }
      benches.put(scene, new Bench(installation, flows, victims(installation)));
    }
  }

  /** A key of RSA and one of Ed25519, each for a domain. */
  static DkimKeys dkim() {
    return new DkimKeys(
        List.of(key(OURS, Algorithm.RSA_SHA256), key("ed.ours.test", Algorithm.ED25519_SHA256)));
  }

  private static DkimKey key(String domain, Algorithm algorithm) {
    var pair = DkimKeyPair.generate(algorithm, DkimKeyPair.GOOD_BITS, new SecureRandom());
    Instant made = START.minus(Duration.ofDays(60));
    return new DkimKey(
        DnsName.parse(domain).orElseThrow(),
        "lab",
        algorithm,
        pair.publicKey(),
        made,
        new DkimState.Signing(pair.privateKey(), made));
  }

  /** The mail that victims write, to others. Returns a signature of ours. */
  private String victims(Installation installation) {
    String signature = "";
    Flow flow = installation.flow();
    for (Victim victim : List.of(Victim.WRITING, Victim.UNTAGGED)) {
      Mailbox writer = Addresses.of(victim.address(OURS));
      String to = victim == Victim.UNTAGGED ? "list@untagged.example" : "friend@friends.example";
      Letter letter = letter(writer, Addresses.of(to), "<real." + victim + "@ours.test>", "", "Hi");
      Letter left = send(flow, writer, List.of(Addresses.of(to)), letter).letter();
      signature = left.header().split("\r\n(?![ \t])", 2)[0] + "\r\n";
    }
    return signature;
  }

  private String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(clock.instant());
  }

  /** A message of ours, before it leaves. */
  private Letter letter(
      Mailbox writer, Mailbox to, String messageId, String fields, String subject) {
    String own =
        "From: "
            + writer
            + "\r\nTo: "
            + Addresses.octets(to)
            + "\r\nSubject: "
            + subject
            + "\r\nDate: "
            + date()
            + "\r\nMessage-ID: "
            + messageId
            + "\r\n";
    return new Letter(own + fields, "Hello\r\n");
  }

  /** A message that left. */
  private record Left(Letter letter, Mailbox sender) {}

  private static Left send(Flow flow, Mailbox writer, List<Mailbox> to, Letter letter) {
    var transaction = new Transaction(World.user(), "Q", writer, to);
    Action action = Installation.pass(flow, transaction, letter.raw());
    if (!(action instanceof Action.Accept accept)) {
      throw new IllegalStateException("our own mail was refused: " + action);
    }
    return new Left(letter.with(accept.edits()), Letter.sender(writer, accept.edits()));
  }

  /** Tries one specimen in every way. */
  void examine(Specimen specimen) {
    number++;
    if (!comesBack(specimen)) {
      leftOut.merge("what it returns is not found again: " + specimen.name(), 1, Integer::sum);
      return;
    }
    for (Map.Entry<Scene, Bench> each : benches.entrySet()) {
      ours(specimen, each.getKey(), each.getValue());
      forged(specimen, each.getKey(), each.getValue());
    }
  }

  /** The laboratory's own work is right only where the reader finds the new letter. */
  private boolean comesBack(Specimen specimen) {
    if (specimen.place() == null) {
      return true;
    }
    String id = "<trial." + number + "@ours.test>";
    Mailbox writer = Addresses.of("trial@ours.test");
    Letter letter = letter(writer, specimen.recipient(), id, specimen.fields(), "Trial");
    String answer = specimen.answer(writer, writer, id, letter, Part.FULL, Damage.NONE);
    return id.equals(
        MessageReader.read(Letter.raw(answer), specimen.sender()).returned().messageId());
  }

  // ---- ours ------------------------------------------------------------------------------------

  private void ours(Specimen specimen, Scene scene, Bench bench) {
    for (Available proofs :
        Available.all().reversed()) { // what is journaled first, see UntaggedSenders
      if (scene == Scene.COMPLETE && !proofs.journal()) {
        continue; // a store that failed is not complete
      }
      answers(specimen, scene, bench, proofs, false);
      if (scene != Scene.OBSERVING && !proofs.tag()) {
        answers(specimen, scene, bench, proofs, true);
      }
    }
  }

  /**
   * Answers to one message of ours.
   *
   * @param stripped it left with a tag, which the answer does not carry
   */
  private void answers(
      Specimen specimen, Scene scene, Bench bench, Available proofs, boolean stripped) {
    String domain = number % 4 == 3 ? "ed.ours.test" : OURS;
    String name = "w" + number + "." + proofs.toString().replace(' ', '.') + (stripped ? ".s" : "");
    Mailbox writer = Addresses.of(name + "@" + domain);
    String messageId = "<" + name + "." + scene.name() + "@" + domain + ">";
    boolean tagged = proofs.tag() || stripped;
    List<Mailbox> to =
        tagged
            ? List.of(specimen.recipient())
            : List.of(specimen.recipient(), Addresses.of("list@untagged.example"));
    Left left = send(flow(bench, proofs), writer, to, ourLetter(specimen, writer, messageId));
    Letter arrived = new Letter(trace() + left.letter().header(), left.letter().body());
    Mailbox answered = proofs.tag() ? left.sender() : writer;
    for (Part part : specimen.parts()) {
      for (Damage damage : part == Part.NONE ? List.of(Damage.NONE) : DAMAGES) {
        if (part == Part.NONE || damage.touches(arrived.header())) {
          var row =
              new Matrix.Row(
                  true,
                  scene,
                  proofs.toString(),
                  part.toString(),
                  damage,
                  isNull(specimen),
                  stripped,
                  isAnswer(specimen));
          String answer = specimen.answer(answered, writer, messageId, arrived, part, damage);
          judge(row, bench, specimen, answered, answer);
        }
      }
    }
  }

  private static Flow flow(Bench bench, Available proofs) {
    return Objects.requireNonNull(bench.flows().get(proofs));
  }

  private Letter ourLetter(Specimen specimen, Mailbox writer, String messageId) {
    String subject =
        number % 2 == 0
            ? "Gr\u00c3\u00bc\u00c3\u009fe aus K\u00c3\u00b6ln"
            : "=?utf-8?b?R3LDvMOfZQ==?=";
    Letter plain = letter(writer, specimen.recipient(), messageId, specimen.fields(), subject);
    if (number % LONG != 0) {
      return plain;
    }
    return number % (2 * LONG) == 0
        ? new Letter(plain.header() + FILLER, plain.body())
        : new Letter(FILLER + plain.header(), plain.body());
  }

  /** What the other side puts on top. */
  private String trace() {
    return "Return-Path: <>\r\nReceived: from mx.ours.test (mx.ours.test ["
        + World.OURS
        + "])\r\n\tby mx.far.example with ESMTPS id 4711; "
        + date()
        + "\r\n";
  }

  private static boolean isNull(Specimen specimen) {
    return specimen.sender() == NullReversePath.INSTANCE;
  }

  private static boolean isAnswer(Specimen specimen) {
    Form form = specimen.reading().form();
    return form != Form.FEEDBACK_REPORT && form != Form.REPORT;
  }

  // ---- forged ----------------------------------------------------------------------------------

  private void forged(Specimen specimen, Scene scene, Bench bench) {
    int turn = number;
    for (Forgery forgery : Forgery.all()) {
      Mailbox victim = Addresses.of(forgery.victim().address(OURS));
      Mailbox answered = answered(victim, forgery.tag(), bench);
      String messageId = forgery.messageId(number + "." + turn);
      Letter letter =
          forgery.letter(victim, specimen.recipient(), messageId, date(), bench.signature());
      for (Part part : specimen.parts()) {
        Damage damage = part == Part.HEADERS ? DAMAGES.get(turn++ % DAMAGES.size()) : Damage.NONE;
        var row =
            new Matrix.Row(
                false,
                scene,
                forgery.victim() + (forgery.imitates() ? " imitating " : " plain ") + forgery.tag(),
                part.toString(),
                damage,
                isNull(specimen),
                false,
                isAnswer(specimen));
        String answer = specimen.answer(answered, victim, messageId, letter, part, damage);
        judge(row, bench, specimen, answered, answer);
      }
    }
  }

  private Mailbox answered(Mailbox victim, Forgery.Tag tag, Bench bench) {
    var tagger = bench.installation().rules.tagger();
    Instant now = clock.instant();
    return switch (tag) {
      case NONE -> victim;
      case EXPIRED ->
          tagger.sign(victim, TagForm.PRVS, now.minus(Duration.ofDays(10))).orElseThrow();
      case MADE_UP -> {
        Mailbox right = tagger.sign(victim, TagForm.PRVS, now).orElseThrow();
        char last = right.localPart().charAt(14); // prvs=KDDDSSSSSS=
        String wrong = right.localPart().substring(0, 14) + (last == '0' ? '1' : '0');
        yield right.withLocalPart(wrong + right.localPart().substring(15));
      }
    };
  }

  // ---- judging ---------------------------------------------------------------------------------

  private void judge(
      Matrix.Row row, Bench bench, Specimen specimen, Mailbox answered, String answer) {
    Peer peer = World.client(World.EXCHANGER);
    Decision decision = decide(bench.installation(), specimen.sender(), peer, answered, answer);
    Verdict verdict = decision.verdict();
    matrix.add(row, verdict);
    if (isToBeLookedAt(row, verdict)) {
      matrix.example(
          specimen.name() + row.ours() + row.subject() + row.part() + row.damage(),
          specimen.name() + ": " + row + " is " + verdict + "\n    " + words(decision));
    }
  }

  private static String words(Decision decision) {
    return decision.evidence().stream()
        .map(each -> each.proof() + " " + each.finding() + ": " + each.detail())
        .collect(Collectors.joining("\n    "));
  }

  private static boolean isToBeLookedAt(Matrix.Row row, Verdict verdict) {
    if (!row.ours()) {
      return verdict == Verdict.GENUINE || (isCatchable(row) && verdict != Verdict.BACKSCATTER);
    }
    if (row.stripped()) {
      return false; // whoever enforces says that there are none
    }
    boolean single = row.subject().equals("dkim") || row.subject().equals("journal");
    boolean returned = !row.part().equals("none") && row.damage().isMendable();
    return verdict == Verdict.BACKSCATTER || (single && returned && verdict != Verdict.GENUINE);
  }

  private static Decision decide(
      Installation installation, ReversePath sender, Peer peer, Mailbox to, String answer) {
    var asked = new Transaction(peer, null, sender, List.of());
    if (installation.judge.recipient(asked, to) instanceof AtRecipient.Refuse refuse) {
      return refuse.decision();
    }
    RawMessage message = Letter.raw(answer);
    var transaction = new Transaction(peer, "Q", sender, List.of(to));
    return installation
        .judge
        .begin(transaction, message.header())
        .end(transaction, message)
        .map(outcome -> outcome.judged().decision())
        .orElseGet(() -> Decision.decide(false, List.of(), Mode.OBSERVE));
  }

  /**
   * Whether the owner's word is enough to know that nobody of ours wrote it, or the journal where a
   * Message-ID came back to look for.
   */
  static boolean isCatchable(Matrix.Row row) {
    boolean untagged = row.subject().startsWith(Victim.UNTAGGED.name());
    boolean byTag = row.nullSender() && !untagged && row.scene() != Scene.OBSERVING;
    boolean byJournal =
        row.scene() == Scene.COMPLETE
            && row.nullSender()
            && row.answersOneMessage()
            && row.showsMessageId();
    return !row.ours() && (byTag || byJournal);
  }

  Matrix matrix() {
    return matrix;
  }

  /** Specimens that could not be used, and why. */
  List<String> leftOut() {
    return List.copyOf(leftOut.keySet());
  }

  @Override
  public void close() {
    benches.values().forEach(bench -> bench.installation().close());
  }
}
