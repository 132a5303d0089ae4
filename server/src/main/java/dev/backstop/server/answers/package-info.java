/**
 * Whether an automatic message answers mail of ours: the proofs are gathered, the verdict reached,
 * and the owner's policy looked up. Nothing here changes a message or answers a client. Start with
 * {@link dev.backstop.server.answers.AnswerJudge}.
 */
@NullMarked
package dev.backstop.server.answers;

import org.jspecify.annotations.NullMarked;
