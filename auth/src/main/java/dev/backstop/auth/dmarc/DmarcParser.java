package dev.backstop.auth.dmarc;

import dev.backstop.auth.dmarc.DmarcProblem.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * TXT records at {@code _dmarc} (RFC 9989 §4.7, §4.8). Only the version decides whether a text is a
 * DMARC record; every other error costs its own tag, except a wrong policy (RFC 9989 §4.10.1).
 *
 * <p>Two readings where the RFC leaves room: tag names are compared without regard to case, as the
 * grammar of {@code v} is; of a tag that comes twice the first counts.
 */
public final class DmarcParser {
  private static final int MAX_TAGS = 100;
  private static final int MAX_NAME = 40;
  private static final String VERSION = "DMARC1";
  private static final Set<String> RETIRED = Set.of("pct", "rf", "ri"); // RFC 9989 §C.5.2
  private static final Set<String> KNOWN =
      Set.of("p", "sp", "np", "psd", "adkim", "aspf", "fo", "rua", "ruf", "t");

  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<DmarcProblem> problems = new ArrayList<>();

  private DmarcParser() {}

  /**
   * A record and what is wrong with it.
   *
   * @param problems in the order of the record; empty when all is well
   */
  public record Parsed(DmarcRecord record, List<DmarcProblem> problems) {
    public Parsed {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads one TXT record, its strings joined.
   *
   * @return empty when this is no DMARC record and MUST be ignored: {@code v} is not the first tag
   *     or not exactly {@code DMARC1} (RFC 9989 §4.7)
   */
  public static Optional<Parsed> parse(String text) {
    int end = text.indexOf(';');
    if (!isVersion(end < 0 ? text : text.substring(0, end))) {
      return Optional.empty();
    }
    var parser = new DmarcParser();
    if (end >= 0) {
      parser.readTags(text, end + 1);
    }
    return Optional.of(new Parsed(parser.record(), parser.problems));
  }

  /**
   * Why a text that was surely meant as a DMARC record is none, in plain words.
   *
   * @return empty for a DMARC record, and for a text that has nothing to do with DMARC
   */
  public static Optional<String> nearMiss(String text) {
    String start = text.substring(0, Math.min(text.length(), 200)).toLowerCase(Locale.ROOT);
    if (!start.contains("dmarc") || parse(text).isPresent()) {
      return Optional.empty();
    }
    String version = "the record must begin with v=DMARC1, the value in capitals, and a semicolon";
    return Optional.of(
        version + "; it begins with " + DmarcProblem.quoted(text) + " and is ignored by everybody");
  }

  /** {@code "v" equals %s"DMARC1"}: only the value is case-sensitive, and no blank before it. */
  private static boolean isVersion(String tag) {
    int equals = tag.indexOf('=');
    return equals > 0
        && (tag.charAt(0) == 'v' || tag.charAt(0) == 'V')
        && trimmed(tag.substring(1, equals)).isEmpty()
        && trimmed(tag.substring(equals + 1)).equals(VERSION);
  }

  private void readTags(String text, int from) {
    int count = 0;
    for (int at = from; at < text.length(); count++) {
      if (count == MAX_TAGS) {
        problem(Kind.TOO_MANY, "", "more than " + MAX_TAGS + " tags; the rest is not read");
        return;
      }
      int end = text.indexOf(';', at);
      end = end < 0 ? text.length() : end;
      readTag(trimmed(text.substring(at, end)));
      at = end + 1;
    }
  }

  private void readTag(String tag) {
    int equals = tag.indexOf('=');
    String name = trimmed(equals < 0 ? tag : tag.substring(0, equals)).toLowerCase(Locale.ROOT);
    if (tag.isEmpty()) {
      return; // ";;" means nothing to anybody
    }
    if (equals < 0 || !isName(name)) {
      problem(Kind.BROKEN_TAG, "", DmarcProblem.quoted(tag) + " is not name=value; ignored");
    } else if (RETIRED.contains(name)) {
      problem(Kind.RETIRED_TAG, name, "went with RFC 9989 and is ignored");
    } else if (!name.equals("v") && !KNOWN.contains(name)) {
      problem(Kind.UNKNOWN_TAG, name, "not a tag of DMARC; ignored");
    } else if (name.equals("v") || tags.containsKey(name)) {
      problem(Kind.REPEATED_TAG, name, "given twice; the first counts");
    } else {
      tags.put(name, trimmed(tag.substring(equals + 1)));
    }
  }

  private DmarcRecord record() {
    PublicSuffix publicSuffix = value("psd", PublicSuffix.values(), PublicSuffix::text, 2);
    AlignmentMode dkim = value("adkim", AlignmentMode.values(), AlignmentMode::text, 0);
    AlignmentMode spf = value("aspf", AlignmentMode.values(), AlignmentMode::text, 0);
    boolean testing = value("t", new Boolean[] {false, true}, t -> t ? "y" : "n", 0);
    List<ReportUri> aggregate = uris("rua");
    List<ReportUri> failure = uris("ruf");
    Set<FailureOption> options = failureOptions(failure);
    Policies policies = policies(!aggregate.isEmpty());
    return new DmarcRecord(
        policies.p(),
        policies.sp(),
        policies.np(),
        publicSuffix,
        dkim,
        spf,
        options,
        aggregate,
        failure,
        testing);
  }

  /** One of a few values; RFC 9989 §4.8: the default for what is none of them. */
  private <T> T value(String tag, T[] values, Function<T, String> text, int byDefault) {
    String written = tags.get(tag);
    if (written == null) {
      return values[byDefault];
    }
    for (T value : values) {
      if (text.apply(value).equalsIgnoreCase(written)) {
        return value;
      }
    }
    String instead = text.apply(values[byDefault]);
    badValue(tag, written, "is no value; " + instead + " counts");
    return values[byDefault];
  }

  private record Policies(
      Optional<DmarcPolicy> p, Optional<DmarcPolicy> sp, Optional<DmarcPolicy> np) {}

  /**
   * RFC 9989 §4.10.1: with a policy that is not valid the whole record is {@code p=none} when it
   * has a report address, else no policy at all. One that is merely missing is {@code none} too but
   * leaves {@code sp} and {@code np} in force (RFC 9989 §4.7): public suffixes publish such
   * records.
   */
  private Policies policies(boolean reports) {
    boolean bad = Stream.of("p", "sp", "np").filter(this::isBadPolicy).count() > 0;
    if (bad || (!tags.containsKey("p") && !reports)) {
      String instead = reports ? "p=none counts" : "DMARC does not apply (RFC 9989 section 4.10.1)";
      String why = bad ? "a policy is not valid" : "there is neither a policy nor a report address";
      problem(Kind.POLICY_REPLACED, bad ? "" : "p", why + "; " + instead);
    } else if (!tags.containsKey("p")) {
      problem(Kind.POLICY_REPLACED, "p", "missing; none counts");
    }
    return bad
        ? new Policies(Optional.empty(), Optional.empty(), Optional.empty())
        : new Policies(policy("p"), policy("sp"), policy("np"));
  }

  private boolean isBadPolicy(String tag) {
    String written = tags.get(tag);
    if (written == null || policy(tag).isPresent()) {
      return false;
    }
    badValue(tag, written, "is no policy");
    return true;
  }

  private Optional<DmarcPolicy> policy(String tag) {
    return Optional.ofNullable(tags.get(tag)).flatMap(DmarcPolicy::parse);
  }

  private Set<FailureOption> failureOptions(List<ReportUri> failureReports) {
    String written = tags.get("fo");
    if (written == null) {
      return DmarcRecord.DEFAULT_OPTIONS;
    }
    if (failureReports.isEmpty()) {
      problem(Kind.NO_EFFECT, "fo", "does nothing without ruf");
      return DmarcRecord.DEFAULT_OPTIONS;
    }
    Optional<Set<FailureOption>> options = FailureOption.parse(written);
    if (options.isEmpty()) {
      badValue("fo", written, "is no list of options; 0 counts");
    }
    return options.orElse(DmarcRecord.DEFAULT_OPTIONS);
  }

  private List<ReportUri> uris(String tag) {
    List<ReportUri> uris = new ArrayList<>();
    String[] written = tags.getOrDefault(tag, "").split(",", DmarcRecord.MAX_URIS + 1);
    if (written.length > DmarcRecord.MAX_URIS) {
      problem(Kind.TOO_MANY, tag, "only the first " + DmarcRecord.MAX_URIS + " addresses are read");
      written = Arrays.copyOf(written, DmarcRecord.MAX_URIS);
    }
    for (String one : written) {
      Optional<ReportUri> uri = ReportUri.parse(withoutSize(tag, trimmed(one)));
      if (uri.isEmpty() && tags.containsKey(tag)) {
        problem(
            Kind.BAD_URI, tag, DmarcProblem.quoted(trimmed(one)) + " is no address for reports");
      }
      uri.ifPresent(uris::add);
    }
    return uris;
  }

  /** {@code obs-dmarc-report-size} (RFC 9989 §4.8): {@code mailto:a@b!10m}. */
  private String withoutSize(String tag, String uri) {
    int mark = uri.lastIndexOf('!');
    if (mark < 0 || !isSize(uri.substring(mark + 1).toLowerCase(Locale.ROOT))) {
      return uri;
    }
    problem(Kind.OBSOLETE_SIZE, tag, "a size after the address is obsolete and ignored");
    return uri.substring(0, mark);
  }

  private static boolean isSize(String size) {
    boolean unit = !size.isEmpty() && "kmgt".indexOf(size.charAt(size.length() - 1)) >= 0;
    String number = unit ? size.substring(0, size.length() - 1) : size;
    return !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && name.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private void badValue(String tag, String value, String what) {
    problem(Kind.BAD_VALUE, tag, DmarcProblem.quoted(value) + " " + what);
  }

  private void problem(Kind kind, String tag, String text) {
    problems.add(new DmarcProblem(kind, tag, text));
  }

  /** Without WSP (RFC 5234 §B.1) at both ends; other blanks are errors. */
  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
