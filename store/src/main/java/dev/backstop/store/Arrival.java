package dev.backstop.store;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that we are about to let in, and what was proved of its sender.
 *
 * @param messageId with angle brackets, as in its header
 * @param sender reverse-path
 * @param author the address in From; {@code null} when there is not exactly one
 */
public record Arrival(
    String messageId,
    ReversePath sender,
    @Nullable Mailbox author,
    SenderProof proof,
    Instant at) {}
