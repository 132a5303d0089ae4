package dev.backstop.cli.demo;

/**
 * Mail that arrives at a foreign server under the name of one of our users.
 *
 * @param truth {@link Truth#GENUINE} when our user sent it, {@link Truth#FALSE} when it is forged:
 *     handed on to the answers, looked at by nobody
 * @param user plain address of the user who is named as sender
 * @param sender address in MAIL FROM, such as a signed one
 * @param recipient one of the recipients
 */
record Sent(Truth truth, String user, String sender, String recipient, Letter letter) {}
