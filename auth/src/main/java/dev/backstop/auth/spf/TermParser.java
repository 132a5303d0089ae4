package dev.backstop.auth.spf;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The grammar of one term (RFC 7208 §12), in one pass, with a stated reason for every refusal. */
final class TermParser {
  private final String text;

  private TermParser(String text) {
    this.text = text;
  }

  /**
   * Reads one term.
   *
   * @param text not empty, without blanks
   */
  static Term parse(String text) {
    try {
      return new TermParser(text).term();
    } catch (SyntaxException e) {
      return new Term.Malformed(text, e.position(), e.reason());
    }
  }

  private Term term() throws SyntaxException {
    Qualifier qualifier = qualifier(text.charAt(0));
    int start = qualifier == null ? 0 : 1;
    int end = start;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    String name = text.substring(start, end).toLowerCase(Locale.ROOT);
    if (!isAt(end, '=')) {
      Mechanism mechanism = mechanism(name, start, end);
      // §4.6.2: "+" when there is none
      return new Term.Directive(qualifier == null ? Qualifier.PASS : qualifier, mechanism, text);
    }
    // §4.6.1: what has = right after its name, before any : or /, is a modifier
    if (qualifier != null) {
      throw new SyntaxException(0, "a modifier has no qualifier");
    }
    return modifier(name, end + 1);
  }

  private static @Nullable Qualifier qualifier(char mark) {
    for (Qualifier qualifier : Qualifier.values()) {
      if (qualifier.mark() == mark) {
        return qualifier;
      }
    }
    return null;
  }

  private Term modifier(String name, int start) throws SyntaxException {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      throw new SyntaxException(0, "the name of a modifier begins with a letter");
    }
    return switch (name) { // a known name is no unknown modifier, whatever follows (§12)
      case "redirect" -> new Term.Redirect(domainSpec(start, text.length()), text);
      case "exp" -> new Term.Explanation(domainSpec(start, text.length()), text);
      default ->
          new Term.UnknownModifier(
              name, MacroParser.parse(text, start, text.length(), false), text);
    };
  }

  private Mechanism mechanism(String name, int start, int end) throws SyntaxException {
    return switch (name) {
      case "all" -> all(end);
      case "include" -> new Mechanism.Include(domainAfterColon(end, text.length()));
      case "a" -> a(end);
      case "mx" -> mx(end);
      case "ptr" -> new Mechanism.Ptr(optionalDomain(end, text.length()));
      case "ip4" -> ip4(end);
      case "ip6" -> ip6(end);
      case "exists" -> new Mechanism.Exists(domainAfterColon(end, text.length()));
      case "redirect", "exp" -> throw new SyntaxException(end, "= follows the name of a modifier");
      default -> throw new SyntaxException(start, "there is no such mechanism");
    };
  }

  private Mechanism all(int at) throws SyntaxException {
    if (at < text.length()) {
      throw new SyntaxException(at, "nothing may follow all");
    }
    return new Mechanism.All();
  }

  private Mechanism a(int at) throws SyntaxException {
    int end = lengthsStart(at);
    return new Mechanism.A(optionalDomain(at, end), lengths(end));
  }

  private Mechanism mx(int at) throws SyntaxException {
    int end = lengthsStart(at);
    return new Mechanism.Mx(optionalDomain(at, end), lengths(end));
  }

  private Mechanism ip4(int at) throws SyntaxException {
    int end = networkEnd(at);
    Inet4Address network = isAt(at, ':') ? NetworkText.ip4(text.substring(at + 1, end)) : null;
    if (network == null) {
      throw new SyntaxException(at, "a colon and an IPv4 address must follow");
    }
    return new Mechanism.Ip4(network, end == text.length() ? 32 : length(end + 1, 32));
  }

  private Mechanism ip6(int at) throws SyntaxException {
    int end = networkEnd(at);
    Inet6Address network = isAt(at, ':') ? NetworkText.ip6(text.substring(at + 1, end)) : null;
    if (network == null) {
      throw new SyntaxException(at, "a colon and an IPv6 address must follow");
    }
    return new Mechanism.Ip6(network, end == text.length() ? 128 : length(end + 1, 128));
  }

  private int networkEnd(int at) {
    int slash = text.indexOf('/', at);
    return slash < 0 ? text.length() : slash;
  }

  private Optional<MacroString> optionalDomain(int at, int end) throws SyntaxException {
    return at == end ? Optional.empty() : Optional.of(domainAfterColon(at, end));
  }

  private MacroString domainAfterColon(int at, int end) throws SyntaxException {
    if (at == end || text.charAt(at) != ':') {
      throw new SyntaxException(at, "a colon and a domain must follow");
    }
    return domainSpec(at + 1, end);
  }

  /**
   * Where {@code dual-cidr-length} begins (RFC 7208 §5.3). Found from the end, because a domain may
   * have slashes in it; it ends in a letter or in a macro, so digits after a slash are no domain.
   */
  private int lengthsStart(int from) {
    int start = text.length();
    int slash = slashBeforeDigits(start, from);
    if (slash > from && text.charAt(slash - 1) == '/') {
      start = slash - 1;
      slash = slashBeforeDigits(start, from);
    }
    return slash < 0 ? start : slash;
  }

  private int slashBeforeDigits(int end, int from) {
    int at = end;
    while (at > from && isDigit(text.charAt(at - 1))) {
      at--;
    }
    return at < end && at > from && text.charAt(at - 1) == '/' ? at - 1 : -1;
  }

  private CidrLengths lengths(int at) throws SyntaxException {
    if (at == text.length()) {
      return CidrLengths.WHOLE;
    }
    int second = text.indexOf("//", at);
    int end = second < 0 ? text.length() : second;
    return new CidrLengths(
        at == end ? 32 : length(at + 1, end, 32), second < 0 ? 128 : length(second + 2, 128));
  }

  private int length(int start, int most) throws SyntaxException {
    return length(start, text.length(), most);
  }

  /** Digits without a leading zero (RFC 7208 §12 ip4-cidr-length). */
  private int length(int start, int end, int most) throws SyntaxException {
    boolean digits = start < end && end - start <= 3;
    int length = 0;
    for (int i = start; i < end && digits; i++) {
      digits = isDigit(text.charAt(i)) && (length > 0 || i == start);
      length = length * 10 + text.charAt(i) - '0';
    }
    if (!digits || length > most) {
      throw new SyntaxException(start, "a number from 0 to " + most + " must follow");
    }
    return length;
  }

  /** {@code domain-spec}: a macro-string that ends in a macro or in a top label (§7.1). */
  private MacroString domainSpec(int start, int end) throws SyntaxException {
    MacroString macros = MacroParser.parse(text, start, end, false);
    if (macros.parts().isEmpty()) {
      throw new SyntaxException(start, "the domain is empty");
    }
    if (macros.parts().getLast() instanceof MacroString.Literal(String literal)) {
      int dot = literal.lastIndexOf('.', literal.length() - 2); // one at the very end may stand
      if (dot < 0) {
        throw new SyntaxException(start, "the domain has no dot before its last label");
      }
      checkTopLabel(end - literal.length() + dot + 1, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
    return macros;
  }

  /** Letters, digits and inner hyphens, not digits alone (RFC 7208 §7.1 toplabel). */
  private void checkTopLabel(int start, int end) throws SyntaxException {
    boolean numeric = true;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean inner = i > start && i < end - 1;
      if (!isLetter(c) && !isDigit(c) && !(c == '-' && inner)) {
        throw new SyntaxException(i, "a domain ends in a top-level label or in a macro");
      }
      numeric &= isDigit(c);
    }
    if (numeric) {
      throw new SyntaxException(
          start, "a domain does not end in a number; addresses are for ip4 and ip6");
    }
  }

  private boolean isAt(int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static boolean isNameCharacter(char c) {
    return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '.';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
