package dev.backstop.auth.spf;

import dev.backstop.dns.DnsName;
import dev.backstop.dns.ReverseName;
import dev.backstop.mail.address.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gives the macros of one check their values (RFC 7208 §7). */
final class Expansion {
  /** Characters of a HELO that are used; no name is longer. */
  private static final int MAX_HELO = 255;

  private final Subject subject;
  private final ClientNames names;
  private final String receiver;
  private final InstantSource clock;

  Expansion(Subject subject, ClientNames names, String receiver, InstantSource clock) {
    this.subject = subject;
    this.names = names;
    this.receiver = receiver;
    this.clock = clock;
  }

  /**
   * The name that a term asks for. What does not fit into 253 octets is cut off on the left, label
   * by label (§7.3).
   *
   * @param domain of the record
   * @return empty when there can be no such name
   */
  Optional<DnsName> name(MacroString spec, DnsName domain) {
    String text = rightEnd(spec, domain);
    int dotted = text.length() - (text.endsWith(".") ? 1 : 0);
    int start = 0;
    while (dotted - start > DnsName.MAX_LENGTH) {
      int dot = text.indexOf('.', start);
      if (dot < 0 || dot >= dotted - 1) {
        return Optional.empty();
      }
      start = dot + 1;
    }
    String name = text.substring(start, dotted);
    return isPrintable(name) ? DnsName.parse(name) : Optional.empty();
  }

  /** At least as much of the value's end as fits into a name; the rest is not even made. */
  private String rightEnd(MacroString spec, DnsName domain) {
    List<MacroString.Part> parts = spec.parts();
    if (parts.size() == 1) {
      return value(parts.getFirst(), domain);
    }
    var values = new ArrayList<String>(parts.size());
    int length = 0;
    for (int i = parts.size() - 1; i >= 0 && length < DnsName.MAX_LENGTH + 2; i--) {
      String value = value(parts.get(i), domain);
      values.add(value);
      length += value.length();
    }
    Collections.reverse(values);
    return String.join("", values);
  }

  /** Control characters would go on into logs, other scripts are no names (RFC 8616 §4). */
  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** An explanation (§6.2), cut after {@code most} characters. */
  String text(MacroString explanation, DnsName domain, int most) {
    var text = new StringBuilder();
    for (MacroString.Part part : explanation.parts()) {
      text.append(value(part, domain));
      if (text.length() >= most) {
        return text.substring(0, most);
      }
    }
    return text.toString();
  }

  /**
   * Whether a term with it can never match: a local part beyond ASCII is no label (RFC 8616 §4).
   */
  boolean neverMatches(MacroString spec) {
    return !isPrintable(subject.localPart())
        && (spec.uses(MacroLetter.LOCAL_PART) || spec.uses(MacroLetter.SENDER));
  }

  private String value(MacroString.Part part, DnsName domain) {
    return switch (part) {
      case MacroString.Literal(String text) -> text;
      case MacroString.Escape escape -> escape.value();
      case MacroString.Macro macro -> {
        String value = value(macro.letter(), domain);
        String transformed = macro.isPlain() ? value : transformed(macro, value);
        yield macro.urlEscaped() ? urlEscaped(transformed) : transformed;
      }
    };
  }

  /** §7.2. */
  private String value(MacroLetter letter, DnsName domain) {
    InetAddress client = subject.client();
    return switch (letter) {
      case SENDER -> subject.localPart() + "@" + subject.domain();
      case LOCAL_PART -> subject.localPart();
      case SENDER_DOMAIN -> subject.domain().text();
      case DOMAIN -> domain.text();
      case CLIENT -> client instanceof Inet4Address ? IpLiteral.render(client) : nibbles(client);
      case CLIENT_NAME -> names.closestTo(domain).map(DnsName::text).orElse("unknown"); // §7.3
      case REVERSE_ZONE -> client instanceof Inet4Address ? "in-addr" : "ip6";
      case HELO -> helo();
      case READABLE_CLIENT -> IpLiteral.render(client);
      case RECEIVER -> receiver;
      case TIME -> String.valueOf(clock.instant().getEpochSecond());
    };
  }

  /** Its A-labels where it has any; what is longer than a name is no domain. */
  private String helo() {
    String helo = subject.helo();
    if (helo.length() > MAX_HELO) {
      return "unknown";
    }
    return isPrintable(helo) ? helo : DnsName.parse(helo).map(DnsName::text).orElse(helo);
  }

  /** Each half octet of an IPv6 address, in its order, between dots (§7.3). */
  private static String nibbles(InetAddress address) {
    var forward = new StringBuilder(ReverseName.reversed(address)).reverse();
    return forward.toString().toUpperCase(Locale.ROOT);
  }

  /** §7.3: split, perhaps turn round, keep the right-hand parts, join with dots. */
  private static String transformed(MacroString.Macro macro, String value) {
    String delimiters = macro.delimiters().isEmpty() ? "." : macro.delimiters();
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      if (delimiters.indexOf(value.charAt(i)) >= 0) {
        parts.add(value.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(value.substring(start));
    if (macro.reversed()) {
      Collections.reverse(parts);
    }
    int kept = macro.rightmost() == 0 ? parts.size() : Math.min(macro.rightmost(), parts.size());
    return String.join(".", parts.subList(parts.size() - kept, parts.size()));
  }

  /** All but the unreserved characters of RFC 3986 §2.3 (RFC 7208 §7.3). */
  private static String urlEscaped(String value) {
    var escaped = new StringBuilder(value.length());
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if ((c >= '0' && c <= '9')
          || (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || "-._~".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%');
        escaped.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        escaped.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return escaped.toString();
  }
}
