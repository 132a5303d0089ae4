package dev.backstop.cli.auth.answer;

import dev.backstop.auth.dkim.DkimOutcome;
import java.util.Optional;

/**
 * What became of one DKIM signature.
 *
 * @param outcome with {@code headerOnly} a pass says that the domain signed these fields, and
 *     nothing of any body
 * @param key the record that decided, one character for each octet; empty when none was asked for,
 *     or there is none
 * @param headerOnly whether the body was not checked
 * @param own whether a key of ours made it, one that is retired included
 */
public record Signature(
    DkimOutcome outcome, Optional<String> key, boolean headerOnly, boolean own) {}
