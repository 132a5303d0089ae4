package dev.backstop.cli.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimState;
import dev.backstop.server.keys.dkim.NotAKeyException;
import dev.backstop.server.keys.dkim.PrivateKeyText;
import dev.backstop.server.keys.dkim.PublishedKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that were found with another program, and what could not be read. For one thread. */
final class Batch {
  private final Instant now;
  private final List<Found> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Batch(Instant now) {
    this.now = now;
  }

  /**
   * One key.
   *
   * @param where it was found
   * @param key as one that another program signs with
   * @param privateKey missing when only the public half is known
   * @param signs whether it is the one that signs there, not merely lies about
   */
  record Found(String where, DkimKey key, @Nullable PrivateKey privateKey, boolean signs) {
    /** Without the private half. */
    @Override
    public String toString() {
      return "Found[" + where + " " + key + "]";
    }
  }

  List<Found> found() {
    return found;
  }

  /** Each a sentence that begins with where. */
  List<String> problems() {
    return problems;
  }

  void problem(String where, String why) {
    problems.add(where + ": " + why);
  }

  /** A private key that stands in a file of its own. */
  void file(String where, String domain, String selector, Path file, boolean signs) {
    String place = where.equals(file.toString()) ? where : where + ": " + file;
    try {
      byte[] octets = InputFile.read(file, PrivateKeyText.MAX_OCTETS);
      text(place, domain, selector, octets, signs);
    } catch (IOException e) {
      problem(place, "it " + e.getMessage());
    }
  }

  /** A private key. */
  void text(String where, String domain, String selector, byte[] octets, boolean signs) {
    try {
      DkimKeyPair pair = PrivateKeyText.parse(octets);
      add(where, domain, selector, pair.algorithm(), pair.publicKey(), pair.privateKey(), signs);
    } catch (NotAKeyException e) {
      problem(where, e.getMessage());
    }
  }

  /** The text of a key record. */
  void record(String where, String domain, String selector, String record) {
    try {
      PublishedKey key = PublishedKey.parse(record);
      add(where, domain, selector, key.algorithm(), key.publicKey(), null, false);
    } catch (NotAKeyException e) {
      problem(where, "not a key record: " + e.getMessage());
    }
  }

  private void add(
      String where,
      String domain,
      String selector,
      Algorithm algorithm,
      PublicKey shown,
      @Nullable PrivateKey secret,
      boolean signs) {
    Optional<DnsName> name = Names.domain(domain);
    Optional<String> label = name.flatMap(each -> Names.selector(each, selector));
    if (name.isEmpty() || label.isEmpty()) {
      problem(
          where,
          name.isEmpty() ? domain + " is not a domain name" : selector + " is not a selector");
      return;
    }
    var key = new DkimKey(name.get(), label.get(), algorithm, shown, now, new DkimState.External());
    found.add(new Found(where, key, secret, signs));
  }
}
