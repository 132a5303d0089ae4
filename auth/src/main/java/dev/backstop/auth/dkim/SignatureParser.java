package dev.backstop.auth.dkim;

import dev.backstop.dns.DnsName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a DKIM-Signature field (RFC 6376 §3.5, §6.1.1). Strict where leniency would let a signature
 * say something that other readers do not see; unknown tags are ignored.
 */
final class SignatureParser {
  /** More names in {@code h=} than this make a signature malformed; real ones have up to sixty. */
  static final int MAX_NAMES = 250;

  private static final int MAX_QUERY_METHODS = 10;

  /** RFC 6376 §3.5: {@code t=} and {@code x=} have up to 12 digits, {@code l=} up to 76. */
  private static final int TIME_DIGITS = 12;

  private static final int LENGTH_DIGITS = 76;

  private final TagList tags;

  private SignatureParser(TagList tags) {
    this.tags = tags;
  }

  /** Reads the tags of a field's value. */
  static DkimSignature parse(TagList tags) throws DkimSyntaxException {
    return new SignatureParser(tags).parse();
  }

  private DkimSignature parse() throws DkimSyntaxException {
    if (!tags.required("v").equals("1")) {
      throw new DkimSyntaxException("not version 1 of signatures");
    }
    Optional<Algorithm> algorithm = algorithm(tags.required("a"));
    DnsName domain = domain();
    String selector = selector(domain);
    List<Canonicalization> forms = canonicalizations();
    requireDns();
    Optional<Instant> signedAt = time("t");
    Optional<Instant> expires = time("x");
    if (signedAt.isPresent() && expires.isPresent() && !expires.get().isAfter(signedAt.get())) {
      throw new DkimSyntaxException("x= is not after t=");
    }
    return new DkimSignature(
        algorithm,
        forms.get(0),
        forms.get(1),
        domain,
        selector,
        identity(domain),
        signedFields(),
        bodyLength(),
        signedAt,
        expires,
        bodyHash(algorithm),
        signature());
  }

  private static Optional<Algorithm> algorithm(String tag) throws DkimSyntaxException {
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.tag().equalsIgnoreCase(tag)) {
        return Optional.of(algorithm);
      }
    }
    if (tag.equalsIgnoreCase("rsa-sha1")) {
      return Optional.empty();
    }
    throw new DkimSyntaxException("unknown algorithm " + TagList.shortened(tag));
  }

  private DnsName domain() throws DkimSyntaxException {
    return name(tags.required("d")).orElseThrow(() -> new DkimSyntaxException("d= is no domain"));
  }

  private String selector(DnsName domain) throws DkimSyntaxException {
    String selector =
        name(tags.required("s"))
            .map(DnsName::text)
            .orElseThrow(() -> new DkimSyntaxException("s= is no selector"));
    if (domain.under(selector + "._domainkey").isEmpty()) {
      throw new DkimSyntaxException("s= and d= together are too long for a name");
    }
    return selector;
  }

  /** Letters, digits, hyphens and, as they occur in selectors, underscores (RFC 6376 §3.5). */
  private static Optional<DnsName> name(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = c >= 0x80 || c == '-' || c == '_' || c == '.' || isLetterOrDigit(c);
      if (!allowed || (c == '.' && i == text.length() - 1)) {
        return Optional.empty();
      }
    }
    return DnsName.parse(text);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** {@code simple/simple} without the tag, {@code …/simple} with one word (RFC 6376 §3.5). */
  private List<Canonicalization> canonicalizations() throws DkimSyntaxException {
    String forms = tags.text("c").orElse("simple/simple").toLowerCase(Locale.ROOT);
    int slash = forms.indexOf('/');
    String header = slash < 0 ? forms : forms.substring(0, slash);
    String body = slash < 0 ? "simple" : forms.substring(slash + 1);
    return List.of(canonicalization(header), canonicalization(body));
  }

  private static Canonicalization canonicalization(String word) throws DkimSyntaxException {
    return Canonicalization.of(word)
        .orElseThrow(
            () -> new DkimSyntaxException("unknown canonicalization " + TagList.shortened(word)));
  }

  /** RFC 6376 §3.5: methods that we do not know are ignored, but one we must know. */
  private void requireDns() throws DkimSyntaxException {
    String methods = tags.text("q").orElse("dns/txt").toLowerCase(Locale.ROOT);
    for (String method : TagList.parts(methods, MAX_QUERY_METHODS)) {
      if (method.equals("dns/txt") || method.equals("dns")) { // the short form is RFC 4871's past
        return;
      }
    }
    throw new DkimSyntaxException("the key is not to be had from DNS");
  }

  private DkimSignature.Identity identity(DnsName domain) throws DkimSyntaxException {
    Optional<String> tag = tags.text("i");
    if (tag.isEmpty()) {
      return new DkimSignature.Identity("@" + domain, domain);
    }
    String text = withoutBlanks(tag.get());
    DnsName within =
        name(text.substring(text.lastIndexOf('@') + 1))
            .filter(name -> text.indexOf('@') >= 0 && name.isWithin(domain))
            .orElseThrow(() -> new DkimSyntaxException("i= is not within d="));
    return new DkimSignature.Identity(text, within);
  }

  /** RFC 6376 §2.11: blanks in quoted-printable do not count. */
  private static String withoutBlanks(String text) {
    var rest = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (" \t\r\n".indexOf(text.charAt(i)) < 0) {
        rest.append(text.charAt(i));
      }
    }
    return rest.toString();
  }

  private List<String> signedFields() throws DkimSyntaxException {
    List<String> names = TagList.parts(tags.required("h"), MAX_NAMES);
    boolean from = false;
    for (String name : names) {
      if (name.isEmpty() || !isFieldName(name)) {
        throw new DkimSyntaxException("h= names no field");
      }
      from |= name.equalsIgnoreCase("From");
    }
    if (!from) { // RFC 6376 §6.1.1
      throw new DkimSyntaxException("From is not signed");
    }
    return names;
  }

  private static boolean isFieldName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private OptionalLong bodyLength() throws DkimSyntaxException {
    Optional<String> tag = tags.text("l");
    return tag.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(number("l", tag.get(), LENGTH_DIGITS));
  }

  private Optional<Instant> time(String name) throws DkimSyntaxException {
    Optional<String> tag = tags.text(name);
    return tag.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(number(name, tag.get(), TIME_DIGITS)));
  }

  private static long number(String name, String digits, int bound) throws DkimSyntaxException {
    if (digits.isEmpty() || digits.length() > bound) {
      throw new DkimSyntaxException(name + "= is no number of up to " + bound + " digits");
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DkimSyntaxException(name + "= is no number");
      }
      boolean large = number > (Long.MAX_VALUE - digit) / 10;
      number = large ? Long.MAX_VALUE : number * 10 + digit;
    }
    return number;
  }

  private byte[] bodyHash(Optional<Algorithm> algorithm) throws DkimSyntaxException {
    byte[] hash = tags.octets("bh");
    if (algorithm.isPresent() && hash.length != 32) {
      throw new DkimSyntaxException("bh= is no SHA-256 hash");
    }
    return hash;
  }

  private byte[] signature() throws DkimSyntaxException {
    byte[] signature = tags.octets("b");
    if (signature.length == 0) {
      throw new DkimSyntaxException("b= is empty");
    }
    return signature;
  }
}
