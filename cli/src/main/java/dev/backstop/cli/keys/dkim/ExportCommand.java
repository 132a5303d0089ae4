package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.dkim.DkimJson;
import dev.backstop.server.keys.dkim.DkimKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop keys dkim export}. */
@Command(
    name = "export",
    description = {
      "Write all DKIM keys to a file, as a backup or for another node.",
      "Private halves are in the clear; only the owner of the file may read it. The keys of envelope"
          + " senders have an export of their own: `backstop keys export`."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim export /safe/place/backstop-dkim.json",
      "  backstop keys dkim import --backup /safe/place/backstop-dkim.json",
      "",
      "Exit status: 0 done, 64 wrong usage, 73 cannot be written or is there already."
    })
final class ExportCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Parameters(
      paramLabel = "FILE",
      description = "A file that does not exist yet, or - for standard output.")
  private String target = "";

  @Override
  public Integer call() throws ConfigException {
    DkimKeys keys = Ring.of(settings).load();
    PrintWriter out = spec.commandLine().getOut();
    if (target.equals("-")) {
      out.println(new String(DkimJson.render(keys), StandardCharsets.UTF_8));
      return ExitStatus.DONE;
    }
    Path path = Path.of(target);
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(path, DkimJson.render(keys));
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          ExitStatus.CANNOT_CREATE, path + " exists already; nothing is written over it");
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          ExitStatus.CANNOT_CREATE, "cannot write " + path + ": there is no such folder");
    } catch (IOException e) {
      throw new CommandFailure(ExitStatus.CANNOT_CREATE, "cannot write " + path + ": " + e);
    }
    out.println(
        Wording.keys(keys.keys().size())
            + " written to "
            + path
            + "; whoever has it can sign as these domains");
    return ExitStatus.DONE;
  }
}
