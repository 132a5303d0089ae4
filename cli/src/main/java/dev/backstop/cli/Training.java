package dev.backstop.cli;

import dev.backstop.server.BackstopServer;
import dev.backstop.server.config.ConfigReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Run by the build: does what people do most, so that the JVM can write down which classes that
 * needs (JEP 514, {@code -XX:AOTCacheOutput}). A start with that cache takes less than half the
 * time. Writes nothing but a copy of the JDK's {@code release} file, by which the launcher knows
 * whether the cache fits the Java at hand.
 */
final class Training {
  private static final String BOUNCE =
      """
      From: MAILER-DAEMON@mx.example.net
      Subject: Undelivered Mail Returned to Sender
      Content-Type: multipart/report; report-type=delivery-status; boundary=x

      --x
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: rfc822; user@example.net
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 user unknown

      --x
      Content-Type: text/rfc822-headers

      Received: from pc.example.org (pc [192.0.2.25]) by mx.example.net
      Message-ID: <1@example.org>
      Subject: Hello

      --x--
      """;

  private Training() {}

  public static void main(String[] args) throws Exception {
    Path scratch = Files.createTempFile("backstop", ".toml");
    try {
      Files.writeString(scratch, "domains = [\"example.com\"]\nnetworks = [\"127.0.0.0/8\"]\n");
      for (List<String> command :
          List.of(
              List.of("--version"),
              List.of("--help"),
              List.of("--nonsense"),
              List.of("config", "check", scratch.toString()),
              List.of("config", "show", scratch.toString()))) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Main.run(nowhere, nowhere, command.toArray(String[]::new));
      }
      serve(scratch);
    } finally {
      Files.delete(scratch);
    }
    Path release = Path.of(System.getProperty("java.home"), "release");
    Files.copy(release, Path.of(args[0]), StandardCopyOption.REPLACE_EXISTING);
  }

  /** A whole server, on ports that are free, in a folder that goes away. */
  private static void serve(Path scratch) throws Exception {
    Files.writeString(
        scratch,
        """
        domains = ["example.com"]
        milter.listen = ["127.0.0.1:0"]
        table.listen = ["127.0.0.1:0"]
        web.listen = ["127.0.0.1:0"]
        """);
    Path data = Files.createTempDirectory("backstop");
    try (BackstopServer _ =
        BackstopServer.start(ConfigReader.read(scratch), data, InstantSource.system())) {
      PrintWriter nowhere = new PrintWriter(new StringWriter());
      Main.run(nowhere, nowhere, "keys", "list", "--data", data.toString());
      Main.run(nowhere, nowhere, "status", "--data", data.toString());
      Main.run(nowhere, nowhere, "address", "sign", "--data", data.toString(), "user@example.com");
      Path message = Files.writeString(data.resolve("message.eml"), BOUNCE);
      Main.run(nowhere, nowhere, "check", "--json", message.toString());
      Main.run(nowhere, nowhere, "check", message.toString());
      Main.run(nowhere, nowhere, "check", "--summary", message.toString());
    }
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(data);
  }
}
