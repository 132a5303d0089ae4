package dev.backstop.cli.dns;

import dev.backstop.server.config.NameServer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --dns}. */
final class NameServerConverter implements ITypeConverter<NameServer> {
  @Override
  public NameServer convert(String value) {
    try {
      return NameServer.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is no name server: %s; write 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53"
              .formatted(value, e.getMessage()));
    }
  }
}
