package dev.backstop.bench.lab;

import dev.backstop.bench.GeneratedMail;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Automatic messages to examine. */
final class Specimens {
  private static final Pattern SENDER = Pattern.compile("\"mail\": \\[\\s*\"<([^>\"]*)>\"");

  private static final int SHAPES = 5;

  private Specimens() {}

  /** Bounces of five shapes, {@code each} of every shape, and answers of responders. */
  static List<Specimen> generated(int each) {
    return generated(0, each, "bob@far.example");
  }

  /** The same about other recipients, to whom nobody writes. */
  static List<Specimen> ofStrangers(int each) {
    return generated(1, each, "eve@elsewhere.example");
  }

  private static List<Specimen> generated(int set, int each, String responder) {
    List<Specimen> specimens = new ArrayList<>();
    List<byte[]> bounces = GeneratedMail.bounces();
    for (int i = 0; i < SHAPES * each; i++) {
      String text =
          new String(bounces.get(i), StandardCharsets.ISO_8859_1)
              .replace("example.net", "example" + set + ".net")
              .replace("example.org", "example" + set + ".org");
      byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
      SpecimenReader.read("generated-" + i, octets, NullReversePath.INSTANCE)
          .ifPresent(specimens::add);
    }
    for (int i = 0; i < RESPONDERS.size(); i++) {
      String text = RESPONDERS.get(i).replace("bob@far.example", responder);
      boolean own = text.contains("sent-by: itself");
      ReversePath sender = own ? Addresses.of(responder) : NullReversePath.INSTANCE;
      SpecimenReader.read("responder-" + i, text.getBytes(StandardCharsets.UTF_8), sender)
          .ifPresent(specimens::add);
    }
    return specimens;
  }

  private static final List<String> RESPONDERS =
      List.of(
          """
          From: Bob <bob@far.example>
          To: anna@example.com
          Subject: Auto: Hello
          Auto-Submitted: auto-replied (vacation)
          Message-ID: <reply1@far.example>
          In-Reply-To: <question@example.com>
          References: <question@example.com>

          I am away until Monday.
          """,
          """
          From: Bob <bob@far.example>
          To: anna@example.com
          Subject: Out of office: Hello
          Auto-Submitted: auto-replied
          X-Auto-Response-Suppress: All
          Message-ID: <reply2@far.example>
          X-Made: sent-by: itself
          In-Reply-To: <question@example.com>

          I am out of the office.
          """,
          """
          From: Bob <bob@far.example>
          To: anna@example.com
          Subject: Read: Hello
          Message-ID: <reply3@far.example>
          MIME-Version: 1.0
          Content-Type: multipart/report; report-type=disposition-notification; boundary=b

          --b
          Content-Type: text/plain

          Your message was displayed.
          --b
          Content-Type: message/disposition-notification

          Final-Recipient: rfc822; bob@far.example
          Original-Message-ID: <question@example.com>
          Disposition: manual-action/MDN-sent-manually; displayed
          --b
          Content-Type: text/rfc822-headers

          From: anna@example.com
          To: bob@far.example
          Message-ID: <question@example.com>
          X-Mailer: any
          --b--
          """);

  /** Every automatic message of a folder, in whatever folders it lies. */
  static List<Specimen> of(Path folder, int everyNth) throws IOException {
    List<Specimen> specimens = new ArrayList<>();
    List<Path> files = files(folder);
    for (int i = 0; i < files.size(); i += everyNth) {
      Path file = files.get(i);
      byte[] octets = Files.readAllBytes(file);
      String name = String.valueOf(folder.relativize(file));
      SpecimenReader.read(name, octets, sender(file, octets)).ifPresent(specimens::add);
    }
    return specimens;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
  }

  /** As the file beside it says; else the Return-Path; else null, as answers should have it. */
  private static ReversePath sender(Path file, byte[] octets) throws IOException {
    Path envelope = Path.of(file.toString().replaceAll("\\.eml$", ".json"));
    String path = new Header(rawHeader(octets)).text("Return-Path");
    if (Files.exists(envelope)) {
      Matcher mail = SENDER.matcher(Files.readString(envelope));
      path = mail.find() ? mail.group(1) : null;
    }
    try {
      return path == null || path.isEmpty()
          ? NullReversePath.INSTANCE
          : path.startsWith("<") ? ReversePath.parse(path) : Mailbox.parse(path);
    } catch (AddressSyntaxException _) {
      return NullReversePath.INSTANCE;
    }
  }

  private static List<HeaderField> rawHeader(byte[] octets) {
    return Letter.raw(new String(octets, StandardCharsets.ISO_8859_1)).header();
  }
}
