package dev.backstop.edge;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Reply;
import java.util.List;

/** What to do with a whole message. */
public sealed interface Action {
  /** Let it go on, unchanged. */
  Action ACCEPT = new Accept(List.of());

  /** Let it go on with these changes, in this order. */
  record Accept(List<Edit> edits) implements Action {}

  /** Refuse it in the session. */
  record Refuse(Reply reply) implements Action {}

  /** One change to envelope or header. */
  sealed interface Edit {
    /** Replace the envelope sender. */
    record ChangeSender(Mailbox sender) implements Edit {}

    /** Deliver to another address instead of a recipient that the client gave. */
    record ReplaceRecipient(Mailbox given, Mailbox instead) implements Edit {}

    /**
     * Put a field at the top; the value is ASCII without leading space, folds are CRLF and a space
     * or tab.
     */
    record InsertHeader(String name, String value) implements Edit {}

    /**
     * Keep the message in the mail server's own hold queue instead of delivering it. A mail server
     * that cannot delivers it.
     *
     * @param reason printable ASCII for the person who looks through the queue
     */
    record Quarantine(String reason) implements Edit {}

    /** Remove the nth field of that name, counted from 1 at the top before any edit. */
    record RemoveHeader(String name, int occurrence) implements Edit {}
  }
}
