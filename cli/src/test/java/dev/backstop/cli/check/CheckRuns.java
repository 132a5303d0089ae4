package dev.backstop.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Proof;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.cli.check.result.Opinion;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.mail.message.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the command as the program does, but for the end of the process. */
abstract class CheckRuns {
  @TempDir Path folder;
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  int check(String... arguments) {
    return check(InputStream.nullInputStream(), arguments);
  }

  int check(InputStream in, String... arguments) {
    var command =
        new CheckCommand((config, _) ->
            (_, _) ->
                new Opinion(
                    Verdict.GENUINE,
                    List.of(Evidence.proven(Proof.BATV, "by " + config)),
                    "It is ours."));
    var line = new CommandLine(command).setErr(new PrintWriter(err));
    try {
      line.parseArgs(arguments);
      return command.run(new PrintWriter(out), new PrintWriter(err), in, Screen.NONE);
    } catch (CommandLine.ParameterException _) {
      return line.execute(arguments);
    } catch (CommandFailure e) {
      err.append(e.getMessage());
      return e.status();
    }
  }

  /** All in the folder, as JSON, by that judge. */
  int judging(BiFunction<RawMessage, AutomaticMail, Opinion> judge) {
    var command = new CheckCommand((_, _) -> judge);
    new CommandLine(command).parseArgs("--json", "--config", "x", folder.toString());
    return command.run(
        new PrintWriter(out), new PrintWriter(err), InputStream.nullInputStream(), Screen.NONE);
  }

  /** Standard input as JSON, when the reader of standard output is gone. */
  int intoClosedPipe(InputStream in) {
    var command = new CheckCommand();
    new CommandLine(command).parseArgs("--json", "-");
    var closed = new PrintWriter(Writer.nullWriter());
    closed.close();
    return command.run(closed, new PrintWriter(err), in, Screen.NONE);
  }

  Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content, UTF_8);
  }

  /** What was printed, without the changing name of the folder. */
  String printed() {
    return out.toString().replace(folder + "/", "").replace("\r", "");
  }
}
