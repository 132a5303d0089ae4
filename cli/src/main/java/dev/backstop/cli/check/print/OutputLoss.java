package dev.backstop.cli.check.print;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Why standard output takes no more: a reader who has seen enough, or a disk that is full. */
public final class OutputLoss {
  private OutputLoss() {}

  /**
   * Asks once more, as a print stream does not keep the reason. A closed pipe is the reader's wish
   * and says nothing.
   *
   * @throws CommandFailure when what was found is lost
   */
  @SuppressWarnings("resource") // closing it would close standard output
  public static void complain() {
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.contains("pipe")) {
        throw new CommandFailure(
            ExitStatus.IO_ERROR, "standard output takes no more, the rest is lost: " + reason);
      }
    }
  }
}
