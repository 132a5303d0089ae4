package dev.backstop.mail.smtp;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mail transaction (RFC 5321 §3.3) up to the point that has been reached. Immutable; a door
 * makes a new one for each stage.
 *
 * @param peer the other end
 * @param queueId the mail server's name for this message, for logs; {@code null} until it has one
 * @param reversePath the sender; a sender that does not parse never gets here
 * @param recipients those accepted so far, as the client wrote them
 */
public record Transaction(
    Peer peer, @Nullable String queueId, ReversePath reversePath, List<Mailbox> recipients) {}
