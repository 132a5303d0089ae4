package dev.backstop.cli.auth;

import dev.backstop.cli.check.print.SafeText;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** From the text of an option to its value. */
final class Conversion {
  private Conversion() {}

  /** The parser's complaint becomes that of the command line. */
  static <T> T of(String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + SafeText.of(value) + "' is " + e.getMessage());
    }
  }
}
