package dev.backstop.cli.keys;

import dev.backstop.bounce.tag.TagKey;
import dev.backstop.bounce.tag.TagKeys;
import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.cli.keys.dkim.DkimCommand;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.KeyJson;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop keys}. A running server notices a change within seconds. */
@Command(
    name = "keys",
    description = {
      "List, rotate, import and export the keys that sign envelope senders.",
      "Those that sign messages: backstop keys dkim."
    },
    subcommands = DkimCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys list",
      "  backstop keys rotate",
      "  backstop keys export /safe/place/backstop-keys.json",
      "  backstop keys import /safe/place/backstop-keys.json",
      "  backstop keys import --number 3 --secret-file old-batv.key",
      "",
      "A running server notices a change within seconds. Old keys verify until the tags that",
      "they made have expired."
    })
public final class KeysCommand {
  /** Octets of a secret of another program; longer ones are hashed by HMAC anyway. */
  private static final int MAX_SECRET = 1024;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Command(
      description = "List the keys, without their secrets.",
      footerHeading = "%nExamples:%n",
      footer = {"  backstop keys list"})
  int list(@Mixin Settings settings) throws ConfigException {
    KeyFile file = file(settings);
    Instant now = Instant.now();
    PrintWriter out = out();
    out.println(file.path());
    for (TagKey key : load(file).tags().keys()) {
      out.printf("  key %d  %-28s made %s%n", key.number(), state(key, now), key.created());
    }
    if (file.readableByOthers()) {
      out.println("  others may read this file:  chmod 600 " + file.path());
    }
    return ExitStatus.DONE;
  }

  private static String state(TagKey key, Instant now) {
    if (key.retired() == null) {
      return "signs and verifies";
    }
    return TagKeys.verifies(key, now) ? "verifies until its tags end" : "ended";
  }

  @Command(
      description =
          "Sign with a new key from now on; the present one verifies until its tags have expired.",
      footerHeading = "%nExamples:%n",
      footer = {"  backstop keys rotate"})
  int rotate(@Mixin Settings settings) throws ConfigException {
    Keys keys =
        update(
            settings,
            old ->
                old.withTags(old.tags().rotated(Keys.secret(new SecureRandom()), Instant.now())));
    out().println("key " + keys.tags().signing().number() + " signs from now on");
    return ExitStatus.DONE;
  }

  @Command(
      name = "export",
      description = "Write all keys, secrets in the clear, to a file that only its owner may read.",
      footerHeading = "%nExamples:%n",
      footer = {"  backstop keys export /safe/place/backstop-keys.json"})
  int exportKeys(
      @Mixin Settings settings,
      @Parameters(
              paramLabel = "FILE",
              description = "A file that does not exist yet, or - for standard output.")
          String target)
      throws ConfigException {
    Path data = settings.load().data();
    String json = new String(KeyJson.render(load(new KeyFile(data))), StandardCharsets.UTF_8);
    if (new DkimFile(data).exists()) {
      spec.commandLine()
          .getErr()
          .println("the DKIM keys are not in it; they have `backstop keys dkim export`");
    }
    if (target.equals("-")) {
      out().println(json);
      return ExitStatus.DONE;
    }
    Path path = Path.of(target);
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(path, json);
    } catch (IOException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, "cannot write " + path + ": " + e);
    }
    out().println("written to " + path + "; whoever has it can sign as this installation");
    return ExitStatus.DONE;
  }

  @Command(
      name = "import",
      description = {
        "Take over the keys of another node or a backup (FILE), or one secret of another program",
        "(--number with --secret-file)."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  backstop keys import /safe/place/backstop-keys.json",
        "  backstop keys import --number 3 --secret-file old-batv.key",
        "  backstop keys import --number 3 --secret-file old-batv.key --sign"
      })
  int importKeys(
      @Mixin Settings settings,
      @Parameters(arity = "0..1", paramLabel = "FILE", description = "What `keys export` wrote.")
          @Nullable Path exported,
      @Option(
              names = "--replace",
              description =
                  "Replace keys that are here already; what they signed verifies no more.")
          boolean replace,
      @Option(
              names = "--number",
              paramLabel = "0-9",
              description = "The number of the key, the K of its tags.")
          @Nullable Integer number,
      @Option(
              names = "--secret-file",
              paramLabel = "FILE",
              description = "Its secret: the octets of the file without the last line end.")
          @Nullable Path secretFile,
      @Option(
              names = "--sign",
              description =
                  "Sign with it from now on. Otherwise it verifies, for as long as a tag lives.")
          boolean sign)
      throws ConfigException {
    if (exported != null && number == null && secretFile == null) {
      return importAll(settings, exported, replace);
    }
    if (exported != null || number == null || secretFile == null || number < 0 || number > 9) {
      throw new CommandFailure(
          ExitStatus.USAGE, "give either FILE, or --number 0-9 and --secret-file");
    }
    byte[] secret = secret(secretFile);
    Instant now = Instant.now();
    var key = new TagKey(number, secret, now, sign ? null : now);
    update(settings, old -> old.withTags(with(old.tags(), key, replace)));
    out().println("key " + number + (sign ? " signs from now on" : " verifies"));
    return ExitStatus.DONE;
  }

  private static TagKeys with(TagKeys ring, TagKey key, boolean replace) {
    if (key.retired() != null && ring.signing().number() == key.number()) {
      throw new IllegalStateException(
          "key "
              + key.number()
              + " is the one that signs; run `backstop keys rotate` first, or sign with the new one"
              + " (--sign --replace)");
    }
    boolean counts =
        ring.numbered(key.number()).filter(old -> TagKeys.verifies(old, key.created())).isPresent();
    if (counts && !replace) {
      throw new IllegalStateException(
          "there is a key " + key.number() + " whose tags still count; with --replace it is lost");
    }
    return ring.with(key, key.created());
  }

  private int importAll(Settings settings, Path exported, boolean replace) throws ConfigException {
    KeyFile file = file(settings);
    if (file.exists() && !replace) {
      throw new CommandFailure(
          ExitStatus.CANNOT_CREATE,
          file.path() + " has keys already; with --replace they are lost");
    }
    try {
      Keys keys = KeyJson.parse(new String(read(exported), StandardCharsets.UTF_8));
      file.replace(keys);
      out()
          .println(
              keys.tags().keys().size()
                  + " keys imported; key "
                  + keys.tags().signing().number()
                  + " signs");
      return ExitStatus.DONE;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitStatus.NO_INPUT, exported + " is not an export of keys: " + e.getMessage());
    } catch (UnusableKeyFileException e) {
      throw unusable(e);
    }
  }

  private static byte[] secret(Path file) {
    byte[] octets = read(file);
    int end = octets.length;
    while (end > 0 && (octets[end - 1] == '\n' || octets[end - 1] == '\r')) {
      end--;
    }
    if (end == 0) {
      throw new CommandFailure(ExitStatus.NO_INPUT, file + " is empty");
    }
    if (end > MAX_SECRET) {
      throw new CommandFailure(
          ExitStatus.NO_INPUT, file + " has more than " + MAX_SECRET + " octets: is it a secret?");
    }
    return Arrays.copyOf(octets, end);
  }

  private static byte[] read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(1 << 16);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitStatus.NO_INPUT, file + " does not exist");
    } catch (IOException e) {
      throw new CommandFailure(ExitStatus.NO_INPUT, "cannot read " + file + ": " + e);
    }
  }

  private static Keys update(Settings settings, UnaryOperator<Keys> change) throws ConfigException {
    KeyFile file = file(settings);
    try {
      file.loadOrCreate(new SecureRandom(), InstantSource.system());
      return file.update(change);
    } catch (UnusableKeyFileException e) {
      throw unusable(e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
    }
  }

  private static Keys load(KeyFile file) {
    try {
      return file.load();
    } catch (UnusableKeyFileException e) {
      throw unusable(e);
    }
  }

  private static CommandFailure unusable(UnusableKeyFileException e) {
    return new CommandFailure(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()));
  }

  private static KeyFile file(Settings settings) throws ConfigException {
    return new KeyFile(settings.load().data());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
