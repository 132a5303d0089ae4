package dev.backstop.server.flow;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.TagProof;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.store.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a message that lies in a file, where no envelope is left: the header stands in for it.
 *
 * <p>A valid tag in an address of the header still proves; that there is none proves nothing,
 * because delivery takes it off. Safe for all threads.
 */
public final class Examiner {
  /** Where delivery and sender write whom a message was for. */
  private static final Set<String> RECIPIENT_FIELDS =
      Set.of("x-original-to", "envelope-to", "delivered-to", "to");

  private static final int MAX_ADDRESSES = 64;

  private final Rules rules;
  private final JournalProof journalProof;
  private final InstantSource clock;

  public Examiner(Rules rules, Journal journal, InstantSource clock) {
    this.rules = rules;
    this.journalProof = new JournalProof(rules, journal);
    this.clock = clock;
  }

  /** The verdict as far as a stored message allows one. */
  public Decision examine(RawMessage message, AutomaticMail reading) {
    List<Mailbox> ours = ours(message);
    if (!reading.isAutomatic() || ours.isEmpty()) {
      return Decision.decide(reading.isAutomatic(), List.of(), Mode.OBSERVE);
    }
    Instant now = clock.instant();
    List<Evidence> evidence = new ArrayList<>(2);
    ours.stream()
        .map(address -> rules.tagger().verify(address, now))
        .filter(TagCheck.Valid.class::isInstance)
        .findFirst()
        .map(TagProof::of)
        .ifPresent(evidence::add);
    evidence.add(journalProof.of(reading, ours.getFirst().domain(), now));
    Mode mode = rules.domainOf(ours.getFirst()).map(DomainConfig::mode).orElse(Mode.OBSERVE);
    return Decision.decide(true, evidence, mode);
  }

  private List<Mailbox> ours(RawMessage message) {
    return message.header().stream()
        .filter(field -> RECIPIENT_FIELDS.contains(field.name().toLowerCase(Locale.ROOT)))
        .map(HeaderField::text)
        .flatMap(text -> NamedAddress.parse(text).stream())
        .limit(MAX_ADDRESSES)
        .map(named -> mailbox(named.address()))
        .flatMap(Optional::stream)
        .filter(address -> rules.domainOf(address).isPresent())
        .toList();
  }

  private static Optional<Mailbox> mailbox(String text) {
    try {
      return Optional.of(Mailbox.parse(text));
    } catch (AddressSyntaxException e) {
      return Optional.empty();
    }
  }
}
