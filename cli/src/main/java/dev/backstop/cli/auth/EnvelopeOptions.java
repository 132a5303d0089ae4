package dev.backstop.cli.auth;

import dev.backstop.cli.auth.request.Envelope;
import dev.backstop.cli.auth.request.Names;
import dev.backstop.cli.auth.request.SenderText;
import dev.backstop.mail.address.ReversePath;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say how a message came. */
final class EnvelopeOptions {
  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "IPv4 or IPv6 address of the client.")
  @Nullable InetAddress client;

  @Option(
      names = "--from",
      paramLabel = "SENDER",
      converter = SenderConverter.class,
      description = "Sender in MAIL FROM; '<>' is the null sender of bounces.")
  @Nullable ReversePath sender;

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "What the client said in HELO or EHLO. The null sender is checked by it.")
  @Nullable String helo;

  /** Empty without {@code --ip}. */
  Optional<Envelope> read() {
    return Optional.ofNullable(client)
        .map(address ->
            new Envelope(address, Optional.ofNullable(sender), helo == null ? "" : helo));
  }

  boolean isGiven() {
    return client != null || sender != null || helo != null;
  }

  /** Beside {@code --batch}. */
  void refuse(CommandSpec spec) {
    if (isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--batch takes ip, from and helo from its requests, not as options");
    }
  }

  static final class AddressConverter implements ITypeConverter<InetAddress> {
    @Override
    public InetAddress convert(String value) {
      return Conversion.of(value, Names::address);
    }
  }

  static final class SenderConverter implements ITypeConverter<ReversePath> {
    @Override
    public ReversePath convert(String value) {
      return Conversion.of(value, SenderText::parse);
    }
  }
}
