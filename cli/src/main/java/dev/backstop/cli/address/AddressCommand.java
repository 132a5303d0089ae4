package dev.backstop.cli.address;

import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.config.DomainConfig;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.UnusableKeyFileException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop address}. */
@Command(
    name = "address",
    description = "Make the signed form of an address, or say what a signed one is worth.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop address sign user@example.com",
      "  backstop address sign --form sub-address user@example.com",
      "  backstop address verify prvs=0123456789=user@example.com",
      "",
      "Exit status of verify: 0 valid, 1 anything else."
    })
public final class AddressCommand {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Command(
      description = "Print the address with its tag of today.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  backstop address sign user@example.com",
        "  backstop address sign --form sub-address user@example.com"
      })
  int sign(
      @Mixin Settings settings,
      @Option(
              names = "--form",
              paramLabel = "FORM",
              description = "prvs or sub-address. Default: what the configuration says.")
          @Nullable TagForm form,
      @Option(
              names = "--date",
              paramLabel = "DATE",
              description = "Another day than today, such as 2020-01-01.")
          @Nullable LocalDate date,
      @Parameters(paramLabel = "ADDRESS") String address)
      throws ConfigException {
    Settings.Loaded loaded = settings.load();
    Mailbox plain = mailbox(address);
    TagForm chosen = form == null ? formOf(loaded.config(), plain) : form;
    Mailbox signed =
        tagger(loaded)
            .sign(plain, chosen, at(date))
            .orElseThrow(() ->
                new CommandFailure(
                    ExitStatus.SOME_UNREAD,
                    "with its tag the local part would have more than 64 octets; mail of this"
                        + " sender leaves unsigned"));
    out().println(signed);
    return ExitStatus.DONE;
  }

  @Command(
      description = "Say what the tag in an address is worth.",
      footerHeading = "%nExamples:%n",
      footer = {"  backstop address verify prvs=0123456789=user@example.com"})
  int verify(
      @Mixin Settings settings,
      @Option(names = "--date", paramLabel = "DATE", description = "On another day than today.")
          @Nullable LocalDate date,
      @Parameters(paramLabel = "ADDRESS") String address)
      throws ConfigException {
    TagCheck check = tagger(settings.load()).verify(mailbox(address), at(date));
    out()
        .println(
            switch (check) {
              case TagCheck.Valid valid ->
                  "valid: signed for "
                      + valid.plain()
                      + " with key "
                      + valid.keyNumber()
                      + ", "
                      + valid.daysLeft()
                      + (valid.daysLeft() == 1 ? " day left" : " days left");
              case TagCheck.Expired expired ->
                  "expired: signed for "
                      + expired.plain()
                      + " with key "
                      + expired.keyNumber()
                      + ", too long ago";
              case TagCheck.Invalid invalid ->
                  "invalid: not signed by us for " + invalid.plain() + "; " + invalid.reason();
              case TagCheck.Missing missing -> "no tag: " + missing.plain() + " is a plain address";
              case TagCheck.Foreign foreign ->
                  "foreign: a tag of another product ("
                      + foreign.dialect()
                      + "), which only that one can check";
            });
    return check instanceof TagCheck.Valid ? ExitStatus.DONE : ExitStatus.SOME_UNREAD;
  }

  private static TagForm formOf(BackstopConfig config, Mailbox plain) {
    return config.domain(plain.domain()).map(DomainConfig::tagForm).orElse(config.tagging().form());
  }

  private static Instant at(@Nullable LocalDate date) {
    return date == null ? Instant.now() : date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Mailbox mailbox(String address) {
    try {
      return Mailbox.parse(address);
    } catch (AddressSyntaxException e) {
      throw new CommandFailure(ExitStatus.USAGE, address + " is not an address: " + e.getMessage());
    }
  }

  private static Tagger tagger(Settings.Loaded loaded) {
    try {
      return new Tagger(new KeyFile(loaded.data()).load().tags());
    } catch (UnusableKeyFileException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
