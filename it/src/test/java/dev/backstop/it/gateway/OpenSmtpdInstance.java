package dev.backstop.it.gateway;

import dev.backstop.it.DocumentedLines;
import dev.backstop.it.Ports;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** OpenSMTPD behind the gateway, with the lines of docs/gateway-servers.md. */
final class OpenSmtpdInstance implements MailServer {
  static final String PACKAGE = "opensmtpd";

  private static final int MAILBOX_OWNER = 5000;

  private final UnpackedServer server = new UnpackedServer("opensmtpd");
  private final int port = Ports.free();
  private final int submission = Ports.free();

  /** Starts it. */
  OpenSmtpdInstance(int gateway) {
    String users =
        USERS.stream()
            .map(user -> "%1$s %2$d:%2$d:%3$s\n".formatted(user, MAILBOX_OWNER, mailbox(user)))
            .collect(Collectors.joining());
    server.write("users", users);
    String incoming = DocumentedLines.startingWith("gateway-servers.md", "listen on 127.0.0.1");
    String outgoing = DocumentedLines.startingWith("gateway-servers.md", "action \"outbound\"");
    server.write(
        "smtpd.conf",
        """
        table users file:%1$s/users
        %2$slisten on 127.0.0.1 port %3$d hostname mail.ours.test
        action "inbound" maildir "%1$s/mail/%%{dest.user}" userbase <users>
        %4$smatch from any for domain "ours.test" action "inbound"
        match from src 127.0.0.1 for any action "outbound"
        match from src 127.0.0.3 for any action "outbound"
        """
            .formatted(
                server.folder(),
                incoming.replace("10025", Integer.toString(port)),
                submission,
                outgoing.replace("2525", Integer.toString(gateway))));
    String command =
        "mkdir -p /var/lib/opensmtpd/empty && chmod 711 /var/lib/opensmtpd/empty"
            + " && mkdir \"$1/mail\" && chown 5000:5000 \"$1/mail\" && exec smtpd -d -f \"$1/smtpd.conf\"";
    server.start(PACKAGE, "opensmtpd,opensmtpq", command, submission);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int submission() {
    return submission;
  }

  @Override
  public String submitter() {
    return "127.0.0.3";
  }

  @Override
  public String identifies() {
    return "proxy-v2";
  }

  @Override
  public String log() {
    return server.read("log");
  }

  @Override
  public Path mailbox(String user) {
    return server.folder().resolve("mail").resolve(user);
  }

  @Override
  public void close() {
    server.close();
  }
}
