package dev.backstop.cli.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals. Java offers them in its module jdk.unsupported only, and its compiler has no way to
 * accept their use without a warning: hence by name.
 */
final class Signals {
  private Signals() {}

  /** Runs something on each signal of that name; nothing where there is no such signal. */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (_, _, _) -> {
            action.run();
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, call);
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, proxy);
    } catch (ReflectiveOperationException e) {
      // Windows has no SIGHUP, and some Java may lack the module: a restart reads the
      // configuration.
    }
  }
}
