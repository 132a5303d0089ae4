package dev.backstop.dns;

/**
 * What a {@link CachingResolver} did since it was made. Questions that are neither hits nor shared
 * went to the network.
 *
 * @param questions asked of it
 * @param hits answered from memory
 * @param shared that waited for a query which another had begun
 * @param failures queries that ended in a server failure
 * @param timeouts queries that nobody answered in time
 * @param entries answers remembered now
 * @param octets memory they take, estimated
 */
public record ResolverCounters(
    long questions,
    long hits,
    long shared,
    long failures,
    long timeouts,
    int entries,
    long octets) {}
