package dev.backstop.cli.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP. Java offers signals in its module jdk.unsupported only, and its compiler has no way to
 * accept their use without a warning: hence by name.
 */
final class Hangup {
  private Hangup() {}

  /** Runs something on each SIGHUP, one after the other; nothing where there is no such signal. */
  static void on(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (_, _, _) -> {
            action.run();
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handler}, call);
      Object hup = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hup, proxy);
    } catch (ReflectiveOperationException e) {
      // Windows has no SIGHUP, and some Java may lack the module: a restart reads the
      // configuration.
    }
  }
}
