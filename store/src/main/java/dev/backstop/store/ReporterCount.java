package dev.backstop.store;

import java.time.Instant;

/**
 * What one reporting host has sent us, as numbers that fade; what they mean and how they fade is
 * the caller's business.
 *
 * @param host the caller's name for it, the key
 * @param name of the host as it was told last; empty when not known
 * @param backscatter at that time, 0 or more
 * @param genuine at that time, 0 or more
 * @param at kept to the second
 */
public record ReporterCount(
    String host, String name, double backscatter, double genuine, Instant at) {}
