package dev.backstop.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    // from the manifest; classes that were only compiled have none
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "backstop " + Objects.requireNonNullElse(version, "(not packaged)"),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
    };
  }
}
