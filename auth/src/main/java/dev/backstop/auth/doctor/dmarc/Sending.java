package dev.backstop.auth.doctor.dmarc;

/**
 * What else is known of how a domain sends.
 *
 * @param mail false when it says that it takes none, and so hardly sends any
 * @param spf whether it has an SPF record that can let mail pass, or that is unknown
 * @param dkim whether a key was found that can let mail pass, or that is unknown
 */
public record Sending(boolean mail, boolean spf, boolean dkim) {}
