package dev.backstop.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The configuration files of a Postfix that needs nothing of the machine it runs on. */
final class PostfixFiles {
  /** Everything that keeps it away from DNS, the system's log, other instances and port 25. */
  private static final String COMMON =
      """
      compatibility_level = 3.6
      queue_directory = $folder/queue
      data_directory = $folder/data
      maillog_file = $folder/log
      maillog_file_prefixes = $folder
      syslog_name = $name
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      mynetworks = 127.0.0.1/32
      smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
      smtp_dns_support_level = disabled
      smtp_host_lookup = native
      smtp_tls_security_level = none
      smtpd_tls_security_level = none
      alias_maps =
      alias_database =
      mydestination =
      notify_classes =
      virtual_mailbox_base = $folder/mail
      virtual_uid_maps = static:5000
      virtual_gid_maps = static:5000
      # Tests do not wait for minutes.
      queue_run_delay = 1s
      minimal_backoff_time = 1s
      maximal_backoff_time = 2s
      """;

  private static final Pattern CHROOTED =
      Pattern.compile("^([a-z]\\S*\\s+\\S+\\s+\\S+\\s+\\S+\\s+)[y-](\\s)", Pattern.MULTILINE);

  private PostfixFiles() {}

  static String main(Path folder, String name, String more) {
    return (COMMON + more).replace("$folder", folder.toString()).replace("$name", name);
  }

  /** As installed, but without chroot and on that port. */
  static String master(int port, String services) throws IOException {
    String installed = Files.readString(Path.of("/usr/share/postfix/master.cf.dist"));
    String used =
        installed.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    String plain = CHROOTED.matcher(used).replaceAll("$1n$2");
    return plain.replaceFirst("smtp +inet", "127.0.0.1:" + port + " inet") + "\n" + services;
  }
}
