package dev.backstop.cli.check.input;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Why something could not be read, in words. */
final class Trouble {
  private Trouble() {}

  static String of(IOException trouble) {
    return switch (trouble) {
      case NoSuchFileException _ -> "no such file, or no longer";
      case AccessDeniedException _ -> "permission denied";
      case EOFException _ -> "ends in the middle";
      case ZipException broken -> "broken gzip: " + broken.getMessage();
      case FileSystemException e when e.getReason() != null -> String.valueOf(e.getReason());
      default -> trouble.getMessage() == null ? trouble.toString() : trouble.getMessage();
    };
  }
}
