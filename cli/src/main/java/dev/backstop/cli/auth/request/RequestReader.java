package dev.backstop.cli.auth.request;

import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the lines of a batch. Strict: a misspelt field would be a wrong answer that nobody sees.
 * Immutable and safe for all threads.
 *
 * @param usualKind of requests that name none; empty when each must
 */
public record RequestReader(Optional<String> usualKind) {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 1000;
  private static final int MAX_NAME = 1000;
  private static final int MAX_ERROR = 300;

  /** What a field takes in memory beside its octets. */
  private static final int FIELD = 100;

  private static final Set<String> SPF = Set.of("id", "kind", "ip", "from", "helo");
  private static final Set<String> DMARC = Set.of("id", "kind", "author", "spf", "dkim");
  private static final Set<String> MESSAGE =
      Set.of(
          "id",
          "kind",
          "file",
          "message",
          "base64",
          "headerOnly",
          "header_only",
          "ip",
          "from",
          "helo");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .maxNameLength(MAX_NAME)
                          .maxStringLength(Integer.MAX_VALUE) // the line is bounded
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // so that id comes back as is
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Reads one line; never throws. */
  public Parsed read(byte[] line) {
    JsonNode root;
    try {
      root = JSON.readTree(line);
    } catch (JacksonException e) {
      return bad(Optional.empty(), "not JSON: " + e.getOriginalMessage() + place(e));
    } catch (NumberFormatException | ArithmeticException e) { // an exponent beyond all bounds
      return bad(Optional.empty(), "a number that cannot be read");
    }
    if (!(root instanceof ObjectNode object)) {
      return bad(Optional.empty(), "not a JSON object; write {\"kind\":…}");
    }
    Optional<String> id = Optional.ofNullable(object.get("id")).map(JSON::writeValueAsString);
    try {
      Request request = request(new Fields(object));
      return new Parsed.Good(id, request, octets(request));
    } catch (IllegalArgumentException e) {
      return bad(id, String.valueOf(e.getMessage()));
    }
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null ? "" : ", at column " + e.getLocation().getColumnNr();
  }

  private static Parsed bad(Optional<String> id, String error) {
    boolean isLong = error.length() > MAX_ERROR;
    return new Parsed.Bad(id, isLong ? error.substring(0, MAX_ERROR) + "…" : error);
  }

  private Request request(Fields fields) {
    String kind =
        fields
            .text("kind")
            .or(() -> usualKind)
            .orElseThrow(() -> Fields.bad("kind", "missing; write spf, message or dmarc"));
    return switch (kind) {
      case "spf" -> spf(fields);
      case "dmarc" -> dmarc(fields);
      case "message" -> message(fields);
      default -> throw Fields.bad("kind", "neither spf, message nor dmarc");
    };
  }

  private static Request spf(Fields fields) {
    fields.refuseOthers("spf", SPF);
    return new Request.Spf(envelope(fields));
  }

  private static Envelope envelope(Fields fields) {
    return new Envelope(
        fields.required("ip", Names::address),
        fields.value("from", SenderText::parse),
        fields.text("helo").orElse(""));
  }

  private static Request dmarc(Fields fields) {
    fields.refuseOthers("dmarc", DMARC);
    return new Request.Dmarc(
        fields.required("author", Names::domain), fields.domains("spf"), fields.domains("dkim"));
  }

  private static Request message(Fields fields) {
    fields.refuseOthers("message", MESSAGE);
    boolean headerOnly = fields.flag("headerOnly") || fields.flag("header_only");
    Optional<Envelope> envelope =
        fields.has("ip") ? Optional.of(envelope(fields)) : withoutClient(fields);
    if (envelope.isPresent() && envelope.get().sender().isEmpty()) {
      throw Fields.bad("from", "missing beside ip; write <> for the null sender");
    }
    RawMessage message = source(fields);
    if (message.header().isEmpty()) {
      throw new IllegalArgumentException("no mail: it has no header");
    }
    return new Request.Message(fields.text("file"), message, headerOnly, envelope);
  }

  private static Optional<Envelope> withoutClient(Fields fields) {
    for (String name : new String[] {"from", "helo"}) {
      if (fields.has(name)) {
        throw Fields.bad(name, "says nothing without ip, the address of the client");
      }
    }
    return Optional.empty();
  }

  private static RawMessage source(Fields fields) {
    long sources = Set.of("file", "message", "base64").stream().filter(fields::has).count();
    if (sources != 1) {
      throw new IllegalArgumentException(
          "one of file, message and base64 must be given, not " + (sources == 0 ? "none" : "more"));
    }
    if (fields.has("file")) {
      return fields.required("file", StoredMessage::read);
    }
    byte[] bytes =
        fields.has("message")
            ? fields.required("message", RequestReader::utf8)
            : fields.required("base64", RequestReader::base64);
    return MessageSplitter.split(bytes, bytes.length, false);
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer octets = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[octets.remaining()];
      octets.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a character; give the octets in base64", e);
    }
  }

  private static byte[] base64(String text) {
    try {
      // many programs break it into lines; anything else that is foreign is an error
      return Base64.getDecoder().decode(text.replace("\r", "").replace("\n", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64: " + e.getMessage(), e);
    }
  }

  private static int octets(Request request) {
    if (!(request instanceof Request.Message(_, RawMessage message, _, _))) {
      return 0;
    }
    long octets = message.body().length();
    for (HeaderField field : message.header()) {
      octets += field.value().length + FIELD;
    }
    return (int) Math.min(octets, Integer.MAX_VALUE);
  }
}
