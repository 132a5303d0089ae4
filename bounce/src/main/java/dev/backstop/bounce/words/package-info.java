/**
 * What mail systems, responders and people write, as data: words that are signs of automatic mail,
 * the programs that write them, and the reasons that servers give. All comparing happens here, in
 * one pass over a text whatever the number of phrases. Start with {@link
 * dev.backstop.bounce.words.Vocabulary}; the words themselves stand in the {@code .txt} files
 * beside it.
 *
 * <p>Programs that embed the reader need {@link dev.backstop.bounce.words.Reason} only; all else is
 * for the form package.
 */
@NullMarked
package dev.backstop.bounce.words;

import org.jspecify.annotations.NullMarked;
