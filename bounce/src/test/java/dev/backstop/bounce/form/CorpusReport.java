package dev.backstop.bounce.form;

import dev.backstop.mail.message.RawMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what the reader says of every file below the corpus, tab separated, or with {@code speed}
 * how many messages a second it reads on one core. Not a test.
 */
final class CorpusReport {
  private CorpusReport() {}

  public static void main(String[] arguments) throws IOException {
    Path corpus = Path.of(arguments[1]);
    if (arguments[0].equals("speed")) {
      speed(corpus, arguments[2]);
      return;
    }
    for (SharedCorpus.Case one : SharedCorpus.cases(corpus)) {
      AutomaticMail mail = MessageReader.read(SharedCorpus.message(corpus.resolve(one.file())));
      System.out.println(
          one.truth()
              + "\t"
              + mail.form()
              + "\t"
              + one.file()
              + "\t"
              + mail.subform()
              + "\t"
              + mail.confidence()
              + "\t"
              + mail.reporter()
              + "\t"
              + mail.recipients()
              + "\t"
              + mail.returned()
              + "\t"
              + mail.marks());
    }
  }

  private static void speed(Path corpus, String truth) throws IOException {
    List<RawMessage> messages = new ArrayList<>();
    long octets = 0;
    for (SharedCorpus.Case one : SharedCorpus.cases(corpus)) {
      if (one.truth().equals(truth)) {
        RawMessage message = SharedCorpus.message(corpus.resolve(one.file()));
        messages.add(message);
        octets += message.body().length();
      }
    }
    int automatic = 0;
    for (int round = 0; round < 8; round++) {
      long start = cpuTime();
      int read = 0;
      while (cpuTime() - start < 1_000_000_000L) {
        for (RawMessage message : messages) {
          automatic += MessageReader.read(message).isAutomatic() ? 1 : 0;
          read++;
        }
      }
      double seconds = (cpuTime() - start) / 1e9;
      System.out.printf(
          "%s: %.0f messages/s, %.4f ms each, mean body %d octets (%d)%n",
          truth, read / seconds, 1000 * seconds / read, octets / messages.size(), automatic);
    }
  }

  /** Not the wall clock: others use the machine too. */
  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
