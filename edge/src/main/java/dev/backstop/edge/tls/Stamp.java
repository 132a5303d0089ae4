package dev.backstop.edge.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** By which a changed file is known; of one that cannot be looked at it is the epoch and -1. */
record Stamp(FileTime modified, long size) {
  static Stamp of(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(seen.lastModifiedTime(), seen.size());
    } catch (IOException e) {
      return new Stamp(FileTime.fromMillis(0), -1);
    }
  }
}
