/**
 * Bounce Address Tag Validation (draft-levine-smtp-batv-01, an expired draft that mail servers
 * speak all the same).
 *
 * <p>Everything that we send leaves with a signature in its envelope sender, so that a bounce which
 * comes back without one, or with a wrong one, answers mail that somebody else sent in our name.
 * Start with {@link dev.backstop.bounce.tag.Tagger}.
 */
@NullMarked
package dev.backstop.bounce.tag;

import org.jspecify.annotations.NullMarked;
