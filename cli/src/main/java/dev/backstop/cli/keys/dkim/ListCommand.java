package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.config.Settings;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.server.config.ConfigException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimState;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code backstop keys dkim list}. */
@Command(
    name = "list",
    description = "List the keys, without their secrets.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  backstop keys dkim list",
      "  backstop keys dkim list --json example.com",
      "",
      "Exit status: 0 done, 64 wrong usage, 66 no such key."
    })
final class ListCommand implements Callable<Integer> {
  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final Settings settings = new Settings();

  @Parameters(arity = "0..*", paramLabel = "DOMAIN", description = "Default: all that have a key.")
  private List<String> domains = List.of();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws ConfigException {
    Ring ring = Ring.of(settings);
    List<DkimKey> keys = Ring.chosen(ring.load(), Names.domains(domains));
    if (json) {
      keys.forEach(key -> out().println(json(key)));
    } else {
      print(ring.file(), keys, Instant.now());
    }
    return ExitStatus.DONE;
  }

  private void print(DkimFile file, List<DkimKey> keys, Instant now) {
    out().println(file.path());
    if (keys.isEmpty()) {
      out().println("no DKIM keys; make some: backstop keys dkim new DOMAIN");
    }
    var lines = new KeyLines(out());
    keys.forEach(key -> lines.line(key, Wording.state(key, now)));
    if (file.readableByOthers()) {
      out().println("others may read this file:  chmod 600 " + file.path());
    }
  }

  private static String json(DkimKey key) {
    var node = JsonMapper.builder().build().createObjectNode();
    node.put("domain", key.domain().text())
        .put("selector", key.selector())
        .put("algorithm", key.algorithm().tag())
        .put("bits", DkimKeyPair.bits(key.publicKey()))
        .put("state", key.state().word())
        .put("created", key.created().toString());
    if (key.state() instanceof DkimState.Signing signing) {
      node.put("signing", signing.since().toString());
    }
    if (key.state() instanceof DkimState.Retired retired) {
      node.put("retired", retired.at().toString());
    }
    key.recordNeededUntil().ifPresent(end -> node.put("recordUntil", end.toString()));
    node.put("name", key.recordName().text()).put("record", key.record());
    return node.toString();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
