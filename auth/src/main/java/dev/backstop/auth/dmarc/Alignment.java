package dev.backstop.auth.dmarc;

import dev.backstop.dns.DnsName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether authenticated domains stand for one author domain (RFC 9989 §4.10.2). */
final class Alignment {
  /**
   * Walks made for domains other than the author's. More domains of one organization never sign one
   * message; each costs up to seven queries, and strangers choose how many there are.
   */
  static final int MAX_WALKS = 5;

  /** What is known of one domain. */
  enum Answer {
    ALIGNED,
    NOT_ALIGNED,
    /** A name server did not answer. */
    UNKNOWN
  }

  private final TreeWalk walk;
  private final DnsName author;
  private final DmarcRecord record;
  private final Set<DnsName> walked = new HashSet<>();

  Alignment(TreeWalk walk, DnsName author, DmarcRecord record) {
    this.walk = walk;
    this.author = author;
    this.record = record;
  }

  Answer of(Identifier identifier) {
    if (identifier.domain().equals(author)) {
      return Answer.ALIGNED; // strict, which is relaxed too; no walk is needed
    }
    return switch (record.alignment(identifier.mechanism())) {
      case STRICT -> Answer.NOT_ALIGNED;
      case RELAXED -> relaxed(identifier.domain());
    };
  }

  /** RFC 9989 §3.2.10.1: both have the same organizational domain. */
  private Answer relaxed(DnsName domain) {
    if (!domain.isWithin(top(author))) {
      return Answer.NOT_ALIGNED;
    }
    Optional<DnsName> organization = walk.walk(author).organizationalDomain();
    if (organization.isEmpty()) {
      return Answer.UNKNOWN;
    }
    // A domain is within its organizational domain, so that what is outside needs no walk.
    if (!domain.isWithin(organization.get()) || isOneTooMany(domain)) {
      return Answer.NOT_ALIGNED;
    }
    Optional<DnsName> other = walk.walk(domain).organizationalDomain();
    if (other.isEmpty()) {
      return Answer.UNKNOWN;
    }
    return other.equals(organization) ? Answer.ALIGNED : Answer.NOT_ALIGNED;
  }

  private boolean isOneTooMany(DnsName domain) {
    if (walked.size() == MAX_WALKS && !walked.contains(domain)) {
      return true;
    }
    walked.add(domain);
    return false;
  }

  private static DnsName top(DnsName name) {
    return new DnsName(name.text().substring(name.text().lastIndexOf('.') + 1));
  }
}
