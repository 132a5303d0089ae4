/**
 * Joe-jobs: somebody sends spam in the name of an address of ours, and the answers of the world
 * fall on it. Notices when that begins and ends, counts, and raises the alarm. Start with {@link
 * dev.backstop.server.attacks.AttackDetector}.
 */
@NullMarked
package dev.backstop.server.attacks;

import org.jspecify.annotations.NullMarked;
