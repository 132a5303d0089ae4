package dev.backstop.it.gateway;

import dev.backstop.it.DocumentedLines;
import dev.backstop.it.Ports;
import java.nio.file.Path;

/** Exim behind the gateway, with the lines of docs/exim.md. */
final class EximInstance implements MailServer {
  static final String PACKAGE = "exim4-daemon-heavy";

  /** Where hosts_proxy does not reach. */
  private static final String SUBMITTER = "127.0.0.3";

  private static final String MAIN =
      """
      primary_hostname = mx.ours.test
      domainlist local_domains = ours.test
      local_interfaces = 127.0.0.1
      daemon_smtp_ports = $port
      spool_directory = $folder/spool
      log_file_path = $folder/exim-%slog
      exim_user = Debian-exim
      exim_group = Debian-exim
      acl_smtp_rcpt = rcpt
      host_lookup =
      rfc1413_query_timeout = 0s
      tls_advertise_hosts =
      keep_environment =
      never_users =
      prdr_enable = false
      """;

  private static final String ACL =
      """
      begin acl
      rcpt:
        accept hosts = 127.0.0.3
        require verify = recipient
        accept domains = +local_domains
        deny message = relay not permitted
      begin routers
      """;

  private static final String MAILBOXES =
      """
      mailboxes:
        driver = accept
        domains = +local_domains
        local_parts = $users
        transport = mailbox
      begin transports
      mailbox:
        driver = appendfile
        directory = $folder/mail/$local_part_data
        maildir_format
        user = Debian-exim
        return_path_add
        envelope_to_add
      """;

  private static final String RETRY =
      """
      begin retry
      * * F,1h,1s
      """;

  private final UnpackedServer server = new UnpackedServer("exim");
  private final int port = Ports.free();

  /** Starts it. */
  EximInstance(int gateway) {
    String configuration =
        MAIN
            + DocumentedLines.startingWith("exim.md", "hosts_proxy")
            + ACL
            + DocumentedLines.startingWith("exim.md", "send_to_gateway:")
            + MAILBOXES
            + DocumentedLines.startingWith("exim.md", "to_gateway:")
                .replace("2525", Integer.toString(gateway))
            + RETRY;
    server.write(
        "exim.conf",
        configuration
            .replace("$folder", server.folder().toString())
            .replace("$port", Integer.toString(port))
            .replace("$users", String.join(" : ", USERS)));
    String command =
        "mkdir -p \"$1/spool\" \"$1/mail\" /etc/exim4 && chown -R Debian-exim \"$1\""
            + " && cp \"$1/exim.conf\" /etc/exim4/exim4.conf && exec exim4 -bdf -q1s";
    server.start(PACKAGE, "Debian-exim", command, port);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int submission() {
    return port;
  }

  @Override
  public String submitter() {
    return SUBMITTER;
  }

  @Override
  public String identifies() {
    return "proxy-v2";
  }

  @Override
  public String log() {
    return server.read("exim-mainlog") + server.read("exim-paniclog") + server.read("log");
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
