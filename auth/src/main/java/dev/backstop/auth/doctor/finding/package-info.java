/**
 * What the doctor says: findings as values, each with a stable name, one sentence, why it matters
 * and the records to publish. Start with {@link dev.backstop.auth.doctor.finding.Finding}.
 */
@NullMarked
package dev.backstop.auth.doctor.finding;

import org.jspecify.annotations.NullMarked;
