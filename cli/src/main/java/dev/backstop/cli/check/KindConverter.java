package dev.backstop.cli.check;

import dev.backstop.cli.check.print.Selection;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --only}. */
final class KindConverter implements ITypeConverter<Selection.Kind> {
  @Override
  public Selection.Kind convert(String value) {
    try {
      return Selection.Kind.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
