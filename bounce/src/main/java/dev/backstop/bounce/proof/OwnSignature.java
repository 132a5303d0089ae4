package dev.backstop.bounce.proof;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.DkimSignature;
import dev.backstop.auth.dkim.DkimVerifier;
import dev.backstop.auth.dkim.HeaderOutcome;
import dev.backstop.auth.dkim.Limits;
import dev.backstop.auth.dkim.OwnKeys;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field of a returned header that says it is a signature of ours.
 *
 * @param field as it came back
 */
record OwnSignature(HeaderField field, DkimSignature signature) {
  private static final String NAME = "DKIM-Signature";

  /** Our RSA and our Ed25519 signature, and room for one of a stage before. */
  private static final int MAX_OWN = 3;

  /** Signature fields that are read at all. */
  private static final int MAX_READ = 50;

  private static final int MAX_FIELD = 8 << 10;

  /** One signature is looked at in each check: ours, put on top. */
  private static final DkimVerifier VERIFIER =
      new DkimVerifier(new Limits(1, 128 << 10, Duration.ofHours(1)));

  /**
   * Those under whose name there is a key of ours; RSA first, which is checked ten times faster.
   */
  static List<OwnSignature> in(List<HeaderField> fields, OwnKeys keys) {
    List<OwnSignature> own = new ArrayList<>(2);
    int read = 0;
    for (HeaderField field : fields) {
      if (isSignature(field) && read++ < MAX_READ && own.size() < MAX_OWN) {
        DkimSignature.read(field)
            .filter(signature -> keys.records().containsKey(signature.recordName()))
            .ifPresent(signature -> own.add(new OwnSignature(field, signature)));
      }
    }
    own.sort(Comparator.comparing(OwnSignature::isSlow));
    return own;
  }

  private static boolean isSignature(HeaderField field) {
    return field.value().length <= MAX_FIELD && field.name().strip().equalsIgnoreCase(NAME);
  }

  private boolean isSlow() {
    return !signature.algorithm().equals(Optional.of(Algorithm.RSA_SHA256));
  }

  /** What it covers; empty when it is not ours over this header. */
  Optional<HeaderOutcome.Holds> holds(List<HeaderField> fields, OwnKeys keys) {
    List<HeaderField> onTop = new ArrayList<>(fields.size());
    onTop.add(field);
    fields.stream().filter(other -> !other.equals(field)).forEach(onTop::add);
    return VERIFIER.verifyHeader(onTop, keys).getFirst() instanceof HeaderOutcome.Holds holds
        ? Optional.of(holds)
        : Optional.empty();
  }

  /**
   * The header with what may have been done to it on the way taken back, likeliest first; at most
   * six, none twice, and none that is the header itself.
   *
   * @param reported whom the answer reports
   */
  Set<List<HeaderField>> mended(List<HeaderField> fields, List<ReportedRecipient> reported) {
    Set<String> names =
        signature.signedFields().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<List<HeaderField>> mended = new LinkedHashSet<>();
    List<HeaderField> below = Mending.below(fields, field, names);
    mended.add(below);
    mended.add(Mending.single(below));
    mended.add(Mending.octets(below, names));
    mended.add(Mending.brackets(below));
    String to = reported.size() == 1 ? addressee(reported.getFirst()) : null;
    if (to != null) {
      mended.add(Mending.with(below, "To", renamed(below, to)));
      mended.add(Mending.with(below, "To", " " + to));
    }
    mended.remove(fields);
    return mended;
  }

  /** To whom we may have written before the To was rewritten. */
  private static @Nullable String addressee(ReportedRecipient recipient) {
    String original = recipient.originalRecipient();
    String address = original == null ? recipient.finalRecipient() : original;
    return address != null
            && address.indexOf('@') > 0
            && address.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? address
        : null;
  }

  /** The To with that address in the place of its only one. */
  private static String renamed(List<HeaderField> fields, String address) {
    String to = new Header(fields).textOrEmpty("To");
    List<NamedAddress> found = NamedAddress.parse(to);
    String written = found.size() == 1 ? found.getFirst().address() : "";
    return " " + (written.isEmpty() ? address : to.replace(written, address));
  }
}
