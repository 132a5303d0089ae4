package dev.backstop.mail.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Visits the leaves of a message's MIME tree in order, within bounds and without ever failing: what
 * is broken ends the walk, and the parts before it have been visited.
 *
 * <p>The only class that knows the MIME library. A message without multipart never reaches it.
 */
public final class MimeWalk {
  /** Octets of the body that are looked at; the report of a bounce stands far before this. */
  public static final int MAX_BYTES = 1 << 20;

  /** Octets kept of one part. */
  public static final int MAX_PART = 128 << 10;

  private static final int MAX_DEPTH = 8;
  private static final int MAX_PARTS = 100;

  // RFC 5322 §2.1.1 bounds lines, real mail does not; our bound is MAX_BYTES.
  private static final MimeConfig PERMISSIVE =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(MessageSplitter.MAX_FIELDS)
          .setMaxContentLen(-1)
          .setCountLineNumbers(false)
          .build();

  private final Predicate<Part> visitor;
  private int parts;
  private int depth;
  private String transferEncoding = "";
  private String contentType = "";
  private String disposition = "";

  private MimeWalk(Predicate<Part> visitor) {
    this.visitor = visitor;
  }

  /**
   * Visits each leaf until the visitor has seen enough.
   *
   * @param type the message's own Content-Type
   * @param transferEncoding the message's own Content-Transfer-Encoding, or empty
   * @param visitor returns false to end the walk
   */
  public static void walk(
      ContentType type, String transferEncoding, RawMessage.Body body, Predicate<Part> visitor) {
    int length = Math.min(body.length(), MAX_BYTES);
    if (type.isMultipart()) {
      boolean _ = new MimeWalk(visitor).multipart(type, body.bytes(), length);
    } else {
      boolean _ =
          visitor.test(single(type, transferEncoding, body.bytes(), Math.min(length, MAX_PART)));
    }
  }

  private static Part single(ContentType type, String encoding, byte[] bytes, int length) {
    boolean encoded =
        encoding.equalsIgnoreCase("base64") || encoding.equalsIgnoreCase("quoted-printable");
    if (!encoded) {
      return new Part(type, "", 0, bytes, length);
    }
    byte[] decoded = read(decoder(encoding, new ByteArrayInputStream(bytes, 0, length)), length);
    return new Part(type, "", 0, decoded, decoded.length);
  }

  private static InputStream decoder(String encoding, InputStream in) {
    return encoding.equalsIgnoreCase("base64")
        ? new Base64InputStream(in)
        : new QuotedPrintableInputStream(in);
  }

  /** False when the visitor has seen enough. */
  private boolean multipart(ContentType type, byte[] bytes, int length) {
    String boundary = Boundary.of(type, bytes, length);
    if (boundary == null || ++depth > MAX_DEPTH) {
      return true;
    }
    var stream = new MimeTokenStream(PERMISSIVE);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    try {
      stream.parseHeadless(
          new ByteArrayInputStream(bytes, 0, length),
          type.mediaType() + "; boundary=\"" + escape(boundary) + '"');
      EntityState state = stream.next(); // the multipart itself is counted already
      while (state != EntityState.T_END_OF_STREAM) {
        if (!accept(stream, state)) {
          return false;
        }
        state = stream.next();
      }
    } catch (MimeException | IOException _) {
      // Broken MIME: what was visited so far is what there is.
    } catch (RuntimeException _) {
      // A bug of the library met by hostile input must not end the session that reads it.
    }
    return true;
  }

  private static String escape(String boundary) {
    return boundary.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** False ends the walk. */
  private boolean accept(MimeTokenStream stream, EntityState state)
      throws MimeException, IOException {
    return switch (state) {
      case T_START_MULTIPART -> ++depth <= MAX_DEPTH;
      case T_END_MULTIPART -> {
        depth--;
        yield true;
      }
      case T_START_HEADER -> startPart();
      case T_FIELD -> field(stream.getField());
      case T_END_HEADER -> nestedBoundaryIsSane();
      case T_BODY -> leaf(stream);
      default -> true; // deliberately: preamble, epilogue and the like carry nothing for us
    };
  }

  private boolean startPart() {
    transferEncoding = "";
    contentType = "";
    disposition = "";
    return ++parts <= MAX_PARTS;
  }

  private boolean field(Field field) {
    String name = field.getName();
    if (name.regionMatches(true, 0, "Content-", 0, 8)) {
      switch (name.length()) {
        case 12 -> contentType = body(field, "Content-Type", contentType);
        case 19 -> disposition = body(field, "Content-Disposition", disposition);
        case 25 -> transferEncoding = body(field, "Content-Transfer-Encoding", transferEncoding);
        default -> {}
      }
    }
    return true;
  }

  private static String body(Field field, String name, String otherwise) {
    return field.getName().equalsIgnoreCase(name) ? field.getBody().strip() : otherwise;
  }

  private boolean nestedBoundaryIsSane() {
    String boundary = ContentType.parse(contentType).parameter("boundary");
    return boundary == null || boundary.length() <= Boundary.MAX_LENGTH;
  }

  /** A multipart comes here as a leaf when its header was broken and the boundary got lost. */
  private boolean leaf(MimeTokenStream stream) {
    byte[] content = read(stream.getDecodedInputStream(), MAX_PART);
    ContentType type = ContentType.parse(contentType);
    if (type.isMultipart()) {
      return multipart(type, content, content.length);
    }
    return visitor.test(new Part(type, dispositionType(), depth, content, content.length));
  }

  private String dispositionType() {
    int end = disposition.indexOf(';');
    String type = end < 0 ? disposition : disposition.substring(0, end);
    return type.strip().toLowerCase(java.util.Locale.ROOT);
  }

  /** As much as there is before the bound or an error. */
  private static byte[] read(InputStream in, int bound) {
    byte[] buffer = new byte[Math.min(bound, 4096)];
    int length = 0;
    try {
      while (true) {
        int n = in.read(buffer, length, buffer.length - length);
        if (n < 0) {
          break;
        }
        length += n;
        if (length == buffer.length) {
          if (length >= bound) {
            break;
          }
          buffer = Arrays.copyOf(buffer, Math.min(bound, length * 4));
        }
      }
    } catch (MimeIOException _) {
      // A broken encoding: keep what was decoded.
    } catch (IOException _) {
      // Cannot happen on a byte array; keep what was read.
    }
    return Arrays.copyOf(buffer, length);
  }
}
