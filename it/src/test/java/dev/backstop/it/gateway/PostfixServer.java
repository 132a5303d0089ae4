package dev.backstop.it.gateway;

import dev.backstop.it.DocumentedLines;
import dev.backstop.it.Ports;
import dev.backstop.it.PostfixInstance;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Postfix behind the gateway, with the lines of docs/postfix.md. */
final class PostfixServer implements MailServer {
  private final PostfixInstance postfix;
  private final String identifies;
  private final int port;

  private PostfixServer(
      String identifies, int port, String more, String services, int gateway, int plain) {
    this.identifies = identifies;
    this.port = port;
    String mailboxes =
        USERS.stream()
            .map(user -> user + "@ours.test=" + user + "/")
            .collect(Collectors.joining(" "));
    postfix =
        new PostfixInstance(
            "ours",
            plain,
            """
            myhostname = mx.ours.test
            virtual_mailbox_domains = ours.test
            virtual_mailbox_maps = inline:{ %s }
            """
                    .formatted(mailboxes)
                + DocumentedLines.startingWith("postfix.md", "relayhost")
                    .replace("2525", Integer.toString(gateway))
                + more,
            services);
  }

  /** One that is told by XCLIENT. */
  static PostfixServer withXclient(int gateway, String more) {
    String lines = DocumentedLines.startingWith("postfix.md", "smtpd_authorized_xclient_hosts");
    int port = Ports.free();
    return new PostfixServer("auto", port, lines + more, "", gateway, port);
  }

  /** One that is told by a PROXY header, on a service of its own. */
  static PostfixServer withProxyHeader(int gateway) {
    int proxied = Ports.free();
    String service =
        DocumentedLines.startingWith("postfix.md", "127.0.0.1:10026")
            .replace("10026", Integer.toString(proxied));
    return new PostfixServer("proxy-v2", proxied, "", service, gateway, Ports.free());
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int submission() {
    return postfix.port();
  }

  @Override
  public String submitter() {
    return "127.0.0.1";
  }

  @Override
  public String identifies() {
    return identifies;
  }

  @Override
  public String log() {
    return postfix.log();
  }

  @Override
  public Path mailbox(String user) {
    return postfix.folder().resolve("mail").resolve(user);
  }

  @Override
  public void close() {
    postfix.close();
  }
}
