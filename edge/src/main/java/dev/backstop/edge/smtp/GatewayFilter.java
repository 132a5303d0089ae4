package dev.backstop.edge.smtp;

import dev.backstop.edge.TransactionFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;

/**
 * What the gateway asks beside what every door asks: it stands before the mail server, which takes
 * it for a client of its own, so that the gateway itself must know whose mail goes where.
 */
public interface GatewayFilter extends TransactionFilter {

  /** Whether it is a client of ours, which may send to everybody. */
  boolean isOurClient(Peer peer);

  /** Whether that mailbox is in a domain of ours, so that everybody may send to it. */
  boolean isOurs(Mailbox recipient);

  /**
   * Whether one answer at the end can hold for this recipient and for all before, whatever the
   * message says.
   *
   * @param transaction with the recipients so far
   */
  boolean areJudgedAlike(Transaction transaction, Mailbox recipient);

  /**
   * The sender to tell the next hop at MAIL: the one with which the message will most likely leave.
   */
  ReversePath senderAtNextHop(Transaction transaction);

  /** The mailbox by which the next hop knows a recipient. */
  Mailbox recipientAtNextHop(Transaction transaction, Mailbox recipient);
}
