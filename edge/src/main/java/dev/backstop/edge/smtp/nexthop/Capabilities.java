package dev.backstop.edge.smtp.nexthop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a server said it can do, in its answer to EHLO or LHLO (RFC 5321 §4.1.1.1).
 *
 * @param keywords in upper case
 * @param size largest message in octets (RFC 1870); empty where the server states no limit
 * @param authMechanisms in upper case, in the server's order
 * @param xclient attributes that XCLIENT may carry, in upper case; empty where not offered
 * @param xforward the same for XFORWARD
 */
public record Capabilities(
    Set<String> keywords,
    OptionalLong size,
    List<String> authMechanisms,
    Set<String> xclient,
    Set<String> xforward) {

  /** Nothing but the commands that every server knows. */
  public static final Capabilities NONE =
      new Capabilities(Set.of(), OptionalLong.empty(), List.of(), Set.of(), Set.of());

  public Capabilities {
    keywords = Set.copyOf(keywords);
    authMechanisms = List.copyOf(authMechanisms);
    xclient = Set.copyOf(xclient);
    xforward = Set.copyOf(xforward);
  }

  /**
   * Whether the server offers an extension.
   *
   * @param keyword in upper case
   */
  public boolean has(String keyword) {
    return keywords.contains(keyword);
  }

  /**
   * From a positive answer to EHLO; its first line is a greeting. What is no keyword is left out.
   */
  static Capabilities of(HopReply ehlo) {
    Set<String> keywords = new HashSet<>();
    Set<String> mechanisms = new LinkedHashSet<>();
    Set<String> xclient = Set.of();
    Set<String> xforward = Set.of();
    OptionalLong size = OptionalLong.empty();
    for (String line : ehlo.lines().subList(1, ehlo.lines().size())) {
      List<String> words = words(line);
      String keyword = words.isEmpty() ? "" : words.getFirst();
      if (!isKeyword(keyword)) {
        continue;
      }
      keywords.add(keyword);
      List<String> parameters = words.subList(1, words.size());
      switch (keyword) {
        case "SIZE" -> size = size(parameters);
        case "AUTH" -> mechanisms.addAll(parameters);
        case "XCLIENT" -> xclient = Set.copyOf(parameters);
        case "XFORWARD" -> xforward = Set.copyOf(parameters);
        default -> {} // without parameters that concern us
      }
    }
    return new Capabilities(keywords, size, new ArrayList<>(mechanisms), xclient, xforward);
  }

  /** Old servers write {@code AUTH=LOGIN} beside or instead of {@code AUTH LOGIN}. */
  private static List<String> words(String line) {
    String upper = line.toUpperCase(Locale.ROOT).strip();
    if (upper.startsWith("AUTH=")) {
      upper = "AUTH " + upper.substring("AUTH=".length());
    }
    return upper.isEmpty() ? List.of() : List.of(upper.split(" +"));
  }

  private static boolean isKeyword(String word) {
    return !word.isEmpty()
        && word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
  }

  /** RFC 1870 §3: 0 and no number say that there is no fixed limit. */
  private static OptionalLong size(List<String> parameters) {
    String number = parameters.isEmpty() ? "" : parameters.getFirst();
    if (number.isEmpty() || number.length() > 18 || !number.chars().allMatch(Character::isDigit)) {
      return OptionalLong.empty();
    }
    long size = Long.parseLong(number);
    return size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /** What both can do, within the smaller size. */
  Capabilities and(Capabilities other) {
    OptionalLong smaller = size.isEmpty() ? other.size : size;
    if (size.isPresent() && other.size.isPresent()) {
      smaller = OptionalLong.of(Math.min(size.getAsLong(), other.size.getAsLong()));
    }
    return new Capabilities(
        common(keywords, other.keywords),
        has("SIZE") && other.has("SIZE") ? smaller : OptionalLong.empty(),
        authMechanisms.stream().filter(other.authMechanisms::contains).toList(),
        common(xclient, other.xclient),
        common(xforward, other.xforward));
  }

  private static Set<String> common(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }
}
