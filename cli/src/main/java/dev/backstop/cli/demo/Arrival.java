package dev.backstop.cli.demo;

/**
 * Mail on its way to one of our users.
 *
 * @param user plain address of the mailbox that it belongs into, if into any
 */
record Arrival(Kind kind, Truth truth, String user, Mail mail) {}
