package dev.backstop.server.recipients;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.RecipientRules;
import dev.backstop.server.recipients.Examination.Answer;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says whether a recipient exists. Files are looked at each time; sources on other machines are
 * asked when no file knows the address, and what they said is remembered. Safe for all threads.
 */
public final class Recipients implements AutoCloseable {
  /** Asks nobody, and lets everybody in. */
  public static final Recipients NOBODY =
      of(BackstopConfig.defaults(), "localhost", new Counters());

  private final BackstopConfig config;
  private final List<Source> files;
  private final Directories directories;
  private final Counters counters;

  private Recipients(
      BackstopConfig config, List<Source> files, Directories directories, Counters counters) {
    this.config = config;
    this.files = List.copyOf(files);
    this.directories = directories;
    this.counters = counters;
  }

  /**
   * Reads files; connects to nobody yet.
   *
   * @param helo our name for a call-out
   */
  public static Recipients of(BackstopConfig config, String helo, Counters counters) {
    return of(config, helo, counters, List.of(), System::nanoTime);
  }

  /** With more sources, and a clock. */
  static Recipients of(
      BackstopConfig config,
      String helo,
      Counters counters,
      List<Source> more,
      LongSupplier nanoTime) {
    RecipientRules rules = config.recipients();
    List<Source> asked = new ArrayList<>(Sources.remote(rules, helo, counters, nanoTime));
    asked.addAll(more);
    var memory = new Memory(rules.cache(), rules.negativeCache(), Memory.MOST, nanoTime);
    return new Recipients(
        config,
        Sources.files(rules, nanoTime),
        new Directories(asked, memory, rules.timeLimit(), counters),
        counters);
  }

  /** Whether anybody is asked. */
  public boolean isOn() {
    return !files.isEmpty() || !directories.sources().isEmpty();
  }

  /**
   * Asks, and waits for the time limit at most.
   *
   * @param recipient as the client wrote it
   */
  public Outcome ask(Mailbox recipient) {
    Optional<String> exception = exception(recipient);
    if (exception.isPresent()) {
      return new Outcome.Unchecked(exception.get());
    }
    Wanted wanted = wanted(recipient);
    Outcome outcome = Outcome.of(find(wanted));
    counters.asked(outcome);
    return outcome;
  }

  /**
   * Asks every source, whatever the others said and whatever is remembered.
   *
   * @param recipient as the client wrote it
   */
  public Examination examine(Mailbox recipient) {
    Wanted wanted = wanted(recipient);
    Optional<String> exception = exception(recipient);
    if (exception.isPresent()) {
      return new Examination(
          wanted.mailbox().toString(),
          List.of(),
          Optional.empty(),
          new Outcome.Unchecked(exception.get()));
    }
    Optional<Finding> remembered = directories.remembered(wanted);
    List<Answer> answers =
        Stream.concat(files.stream(), directories.sources().stream())
            .map(source -> directories.answer(source, wanted))
            .toList();
    Finding together = Finding.of(answers.stream().map(Answer::finding).toList());
    directories.remember(wanted, answers.subList(files.size(), answers.size()));
    return new Examination(wanted.mailbox().toString(), answers, remembered, Outcome.of(together));
  }

  /**
   * The same before a next hop, which a session asks last: whoever the sources let in still needs
   * its yes.
   *
   * @param recipient as the client wrote it
   */
  public Examination examine(Mailbox recipient, Source nextHop) {
    Examination sources = examine(recipient);
    if (config.domain(recipient.domain()).isEmpty()) {
      return sources; // nobody asks a next hop about others' domains
    }
    Answer answer = directories.answer(nextHop, wanted(recipient));
    List<Answer> answers = Stream.concat(sources.answers().stream(), Stream.of(answer)).toList();
    boolean letIn =
        sources.outcome() instanceof Outcome.Exists
            || sources.outcome() instanceof Outcome.Unchecked;
    return new Examination(
        sources.plain(),
        answers,
        sources.remembered(),
        letIn ? Outcome.of(answer.finding()) : sources.outcome());
  }

  /** Who is asked, for people. */
  public String describe() {
    return isOn()
        ? Stream.concat(files.stream(), directories.sources().stream())
            .map(source -> source.name() + " " + source.place())
            .collect(Collectors.joining(", "))
        : "nobody";
  }

  /** Answers remembered. */
  public int remembered() {
    return directories.size();
  }

  /** Questions under way end soon, undecided. */
  @Override
  public void close() {
    files.forEach(Source::close);
    directories.close();
  }

  private Optional<String> exception(Mailbox recipient) {
    if (config.domain(recipient.domain()).isEmpty()) {
      return Optional.of(recipient.domain() + " is not among our domains" + ofOthers());
    }
    return isOn()
        ? Address.exception(recipient)
        : Optional.of("no directory is configured ([recipients])");
  }

  private String ofOthers() {
    return config.gateway().isOpen() ? ", and the gateway takes it from clients of ours alone" : "";
  }

  private Wanted wanted(Mailbox recipient) {
    return Wanted.of(Address.plain(recipient), config.recipients().subAddress());
  }

  /** Files cost nothing, so they come first, and what they say is not remembered. */
  private Finding find(Wanted wanted) {
    List<Finding> findings = new ArrayList<>();
    files.forEach(file -> findings.add(file.ask(wanted, Duration.ZERO)));
    boolean known = findings.stream().anyMatch(Finding.Known.class::isInstance);
    if (!known && !directories.sources().isEmpty()) {
      findings.add(directories.ask(wanted));
    }
    return Finding.of(findings);
  }
}
