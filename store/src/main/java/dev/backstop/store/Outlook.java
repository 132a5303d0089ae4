package dev.backstop.store;

import dev.backstop.bounce.verdict.Verdict;

/**
 * Number of events of one domain that ended in the same way.
 *
 * @param verdict as reached
 * @param enforced as an enforcing domain reaches it
 * @param action what was done
 */
public record Outlook(Verdict verdict, Verdict enforced, String action, long events) {}
