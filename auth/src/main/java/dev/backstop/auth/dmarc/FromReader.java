package dev.backstop.auth.dmarc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads From (RFC 5322 §3.4, §3.6.2) for the domain that DMARC is about. Stricter than {@link
 * dev.backstop.mail.header.NamedAddress}, which reads for people: where two programs may take
 * different addresses out of a field, this says so instead of choosing. Lenient where all agree:
 * display names may hold anything that does not look like another address. Encoded words (RFC 2047)
 * can only be in display names and are never decoded here; an address inside one is none.
 */
final class FromReader {
  /**
   * Characters of a field; longer ones are {@link AuthorDomain.Unreadable}. As much as our doors
   * take of a whole header: what stands behind a lower bound would be a way around.
   */
  static final int MAX_FIELD = 1 << 20;

  /** Words of a broken address that are looked at. */
  private static final int MAX_WORDS = 1000;

  private final String text;
  private final Set<DnsName> domains = new LinkedHashSet<>();
  private final StringBuilder words = new StringBuilder();
  private final StringBuilder angle = new StringBuilder();
  private boolean hasAngle;
  private boolean hasAtSign;
  private int addresses;
  private @Nullable String problem;
  private int at;

  private FromReader(HeaderField field) {
    // line ends as blanks: where one is missing, what stands around it must not become one word
    this.text = new String(field.value(), UTF_8).replace('\r', ' ').replace('\n', ' ').strip();
    if (field.hasStrayLineEnd()) {
      problem("a line end that is no fold");
    }
  }

  static AuthorDomain read(List<HeaderField> header) {
    List<AuthorDomain> fields = new ArrayList<>(1);
    Set<DnsName> domains = new LinkedHashSet<>();
    int count = 0;
    for (HeaderField field : header) {
      // a name with blanks around it is From to some programs
      if (field.name().strip().equalsIgnoreCase("From")) {
        count++;
        if (domains.size() <= AuthorDomain.MAX_DOMAINS) {
          AuthorDomain one = new FromReader(field).read();
          fields.add(one);
          domains.addAll(one.domains());
        }
      }
    }
    if (fields.isEmpty()) {
      return new AuthorDomain.Missing();
    }
    return count == 1 ? fields.getFirst() : new AuthorDomain.Repeated(count, first(domains));
  }

  private AuthorDomain read() {
    if (text.length() > MAX_FIELD) {
      return new AuthorDomain.Unreadable("From is longer than anybody writes", List.of());
    }
    checkCharacters();
    // With more domains than are told nothing more can change the answer.
    while (at < text.length() && domains.size() <= AuthorDomain.MAX_DOMAINS) {
      readOne();
    }
    finish();
    if (addresses == 0) {
      problem("no address");
    }
    if (problem != null) {
      return new AuthorDomain.Unreadable(problem, first(domains));
    }
    return domains.size() == 1
        ? new AuthorDomain.One(domains.iterator().next())
        : new AuthorDomain.Several(first(domains));
  }

  private static List<DnsName> first(Set<DnsName> domains) {
    return domains.stream().limit(AuthorDomain.MAX_DOMAINS).toList();
  }

  private void readOne() {
    char c = text.charAt(at);
    switch (c) {
      case '(' -> skipComment();
      case '"' -> readQuoted(words);
      case '<' -> readAngle();
      case ',', ';' -> {
        finish();
        at++;
      }
      case ':' -> endGroupName();
      case '\\' -> {
        problem("a backslash outside quotes");
        at++;
      }
      case '>' -> {
        problem("an angle bracket that closes nothing");
        at++;
      }
      default -> {
        if (hasAngle && c != ' ' && c != '\t') {
          problem("text after the address");
        }
        hasAtSign |= c == '@';
        words.append(c);
        at++;
      }
    }
  }

  /** A zero octet ends the text for programs in C; nothing else needs one either. */
  private void checkCharacters() {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
        problem("a control character");
        return;
      }
    }
  }

  /** RFC 5322 §3.2.2, nested. */
  private void skipComment() {
    int depth = 0;
    do {
      char c = text.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at += c == '\\' ? 2 : 1;
    } while (depth > 0 && at < text.length());
    if (depth > 0) {
      problem("a comment without its end");
    }
    at = Math.min(at, text.length());
  }

  private void readQuoted(StringBuilder into) {
    if (hasAngle && into == words) {
      problem("text after the address");
    }
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      problem("a quoted string without its end");
    }
    at = Math.min(at + 1, text.length());
    into.append(text, start, at);
  }

  private void readAngle() {
    if (hasAngle) {
      problem("two addresses without a comma");
      addAddress(angle.toString().strip());
      angle.setLength(0);
    }
    hasAngle = true;
    at++;
    while (at < text.length() && text.charAt(at) != '>') {
      switch (text.charAt(at)) {
        case '(' -> skipComment();
        case '"' -> readQuoted(angle);
        default -> angle.append(text.charAt(at++));
      }
    }
    if (at >= text.length()) {
      problem("an angle bracket without its end");
    }
    at = Math.min(at + 1, text.length());
  }

  /** {@code name: a@example.com;} (RFC 5322 §3.4); an address is no name of a group. */
  private void endGroupName() {
    if (hasAngle || hasAtSign) {
      problem("a colon within an address");
      finish();
    }
    words.setLength(0);
    at++;
  }

  private void finish() {
    String bare = joined(words.toString().strip());
    if (hasAngle) {
      addAddress(angle.toString().strip());
      if (problem != null) { // some readers show what stands around the brackets
        addDomainOf(bare);
      }
    } else if (bare.indexOf('@') >= 0) {
      addBare(bare);
    } // else the part of a name before a comma, as in "Doe, Jane <jane@example.com>"
    words.setLength(0);
    angle.setLength(0);
    hasAngle = false;
    hasAtSign = false;
  }

  /** Without the blanks that may stand around an at sign or a dot (RFC 5322 §3.4.1, §4.4). */
  private static String joined(String address) {
    if (address.indexOf(' ') < 0 && address.indexOf('\t') < 0) {
      return address;
    }
    var joined = new StringBuilder(address.length());
    boolean quoted = false;
    int blanks = 0;
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (!quoted && isBlank(c)) {
        blanks++;
        continue;
      }
      boolean after = !joined.isEmpty() && isJoint(joined.charAt(joined.length() - 1));
      if (blanks > 0 && (quoted || !(after || isJoint(c)))) {
        joined.append(' ');
      }
      blanks = 0;
      quoted ^= c == '"';
      joined.append(c);
    }
    return joined.toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isJoint(char c) {
    return c == '@' || c == '.';
  }

  /** Without brackets there may be nothing but the address. */
  private void addBare(String bare) {
    if (isQuotedLocalPart(bare) || (bare.indexOf(' ') < 0 && bare.indexOf('\t') < 0)) {
      addAddress(bare);
      return;
    }
    problem("words around an address without brackets");
    for (String word : bare.split("[ \t]", MAX_WORDS)) {
      if (word.indexOf('@') >= 0) {
        addAddress(word);
      }
    }
  }

  private static boolean isQuotedLocalPart(String bare) {
    int end = bare.lastIndexOf("\"@");
    return bare.startsWith("\"") && end > 0 && bare.indexOf(' ', end) < 0;
  }

  private void addAddress(String written) {
    String address = joined(written);
    addresses++;
    if (address.startsWith(
        "@")) { // the obsolete route (RFC 5322 §4.4): which host is the author's?
      problem("a route before the address");
    }
    try {
      addDomain(Mailbox.parse(address).domain());
    } catch (AddressSyntaxException _) {
      problem("an address that is none");
      addDomainOf(address);
    }
  }

  /** Broken addresses: whatever follows an at sign may be shown. */
  private void addDomainOf(String address) {
    for (String part : address.split("@", AuthorDomain.MAX_DOMAINS)) {
      int end = 0;
      while (end < part.length() && isNameCharacter(part.charAt(end))) {
        end++;
      }
      String name = part.substring(0, end);
      if (part.length() < address.length() && name.indexOf('.') > 0) {
        DnsName.parse(name).ifPresent(domains::add);
      }
    }
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
  }

  private void addDomain(String domain) {
    if (domain.startsWith("[")) {
      problem("an address literal instead of a domain");
      return;
    }
    // RFC 9989 §5.3.1: U-labels become A-labels
    DnsName.parse(domain).ifPresentOrElse(domains::add, () -> problem("a domain that is none"));
  }

  private void problem(String first) {
    problem = problem == null ? first : problem;
  }
}
