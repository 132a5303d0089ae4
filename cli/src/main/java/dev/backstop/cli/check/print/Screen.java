package dev.backstop.cli.check.print;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the output goes.
 *
 * @param out the terminal that standard output is, or {@code null}
 * @param err the terminal that standard error is, or {@code null}
 * @param environment of the process
 */
public record Screen(@Nullable String out, @Nullable String err, Map<String, String> environment) {
  /** No terminal anywhere. */
  public static final Screen NONE = new Screen(null, null, Map.of());

  private static final int USUAL_WIDTH = 80;

  /** The streams of this process. */
  public static Screen ofProcess() {
    return new Screen(terminal(1), terminal(2), System.getenv());
  }

  /** Java knows of no terminal on standard error; Linux shows what a stream is. */
  private static @Nullable String terminal(int stream) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
      boolean terminal =
          target.startsWith("/dev/pts/")
              || target.startsWith("/dev/tty")
              || target.equals("/dev/console");
      return terminal ? target : null;
    } catch (IOException | UnsupportedOperationException _) {
      return null; // deliberately: where that cannot be known, nothing is coloured or wrapped
    }
  }

  /** Both streams on one terminal: what is written to one can spoil the other. */
  public boolean isShared() {
    return out != null && out.equals(err);
  }

  /** How blocks look on standard output. */
  public Style style() {
    if (out == null) {
      return Style.PLAIN;
    }
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return new Style(!refused && !dumb, width(out), isAscii(environment));
  }

  /** The launcher sets LC_ALL to C.UTF-8; then what was there before is in the other two. */
  static boolean isAscii(Map<String, String> environment) {
    String all = environment.getOrDefault("LC_ALL", "");
    String type = environment.getOrDefault("LC_CTYPE", "");
    String locale = type.isEmpty() ? environment.getOrDefault("LANG", "") : type;
    if (!all.isEmpty() && !all.equals("C.UTF-8")) {
      locale = all;
    }
    String lower = locale.toLowerCase(Locale.ROOT);
    boolean named = lower.contains(".") || lower.contains("@euro");
    return named && !lower.contains("utf-8") && !lower.contains("utf8");
  }

  private static int width(String terminal) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File(terminal))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroy();
        return USUAL_WIDTH;
      }
      byte[] answer = stty.getInputStream().readNBytes(40);
      return columns(new String(answer, StandardCharsets.US_ASCII));
    } catch (IOException _) {
      return USUAL_WIDTH;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }

  /** From rows and columns. */
  static int columns(String size) {
    String[] numbers = size.strip().split(" ", 2);
    boolean valid = numbers.length == 2 && numbers[1].matches("[1-9][0-9]{0,4}");
    return valid ? Integer.parseInt(numbers[1]) : USUAL_WIDTH;
  }
}
