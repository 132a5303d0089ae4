package dev.backstop.edge;

import dev.backstop.edge.table.Lookup;
import dev.backstop.edge.table.TableServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A program of its own that serves a table on the socket it inherits until it is asked to stop. */
final class InheritedChild {
  private InheritedChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    var stop = new CountDownLatch(1);
    var tables = Map.<String, Lookup>of("t", key -> answer(key, stop));
    ListenAddress inherited = ListenAddress.parse("inherited");
    try (var server = new TableServer(tables, TableServer.Limits.DEFAULT)) {
      server.start(List.of(inherited));
      System.out.println("ready " + server.addresses() + " public=" + inherited.isPublic());
      stop.await();
    }
    System.out.println("closed");
    System.out.flush();
  }

  private static Optional<String> answer(String key, CountDownLatch stop) {
    if (key.equals("stop")) {
      stop.countDown();
    }
    return Optional.of("process " + ProcessHandle.current().pid());
  }
}
