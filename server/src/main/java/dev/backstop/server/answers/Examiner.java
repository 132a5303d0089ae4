package dev.backstop.server.answers;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.rules.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
  private final AnswerJudge judge;
  private final Function<Peer, RemoteHost> remotes;

  public Examiner(Rules rules, AnswerJudge judge, Function<Peer, RemoteHost> remotes) {
    this.rules = rules;
    this.judge = judge;
    this.remotes = remotes;
  }

  /**
   * The verdict as far as a stored message allows one; empty when it is not automatic or for nobody
   * of ours.
   */
  public Optional<Judged> examine(RawMessage message, AutomaticMail reading) {
    List<Mailbox> ours = ours(message);
    if (!reading.isAutomatic() || ours.isEmpty()) {
      return Optional.empty();
    }
    @Nullable String nobody = null;
    var peer = new Peer(null, "unknown", nobody, nobody, false);
    var transaction = new Transaction(peer, nobody, reversePath(message), ours);
    var answer =
        new AutomaticAnswer(transaction, ours, reading, Fingerprint.of(message.header()), true);
    return Optional.of(judge.judge(answer, remotes.apply(peer)));
  }

  /** What delivery wrote down (RFC 5321 §4.4); most automatic mail has the null one. */
  private static ReversePath reversePath(RawMessage message) {
    return message.header().stream()
        .filter(field -> field.nameIs("Return-Path"))
        .findFirst()
        .flatMap(field -> mailbox(field.text().replaceAll("[<>]", "").strip()))
        .map(ReversePath.class::cast)
        .orElse(NullReversePath.INSTANCE);
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
        .distinct()
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
