package io.github.recurrentzoo.cli.console;

import java.lang.reflect.Proxy;

/**
 * Listens to Ctrl-C (the signal INT): the first one asks for a clean end, the second one ends the
 * Java process at once, as the first one did before and does after.
 *
 * <p>Java has no public way to listen to signals but shutdown hooks, which cannot tell a second
 * Ctrl-C. {@code sun.misc.Signal} can, on all platforms; the compiler warns of it by name, so it is
 * asked by reflection. Where a Java machine does not have it or keeps the signal for itself ({@code
 * -Xrs}), Ctrl-C ends the process at once.
 */
public final class Interrupts implements AutoCloseable {
  /** The exit code of a program that was ended by the signal INT. */
  static final int EXIT_CODE = 130;

  private final Runnable first;
  private Object signal; // null where signals cannot be listened to
  private Object before;
  private volatile boolean asked;

  private Interrupts(Runnable first) {
    this.first = first;
  }

  /**
   * Begins to listen.
   *
   * @param first is run at the first Ctrl-C, in a thread of its own
   */
  public static Interrupts listen(Runnable first) {
    Interrupts interrupts = new Interrupts(first);
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> interrupts.hear();
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(interrupts);
                    default -> "Interrupts";
                  });
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance("INT");
      interrupts.before = handle(signal, handler);
      interrupts.signal = signal;
    } catch (ReflectiveOperationException e) {
      interrupts.signal = null; // as the class says
    }
    return interrupts;
  }

  /** Sets the handler of a signal and returns the one before. */
  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal, handler);
  }

  private Object hear() {
    if (asked) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    asked = true;
    first.run();
    return null;
  }

  /** Whether Ctrl-C was pressed. */
  public boolean asked() {
    return asked;
  }

  /** Ctrl-C does again what it did before. */
  @Override
  public void close() {
    if (signal != null) {
      try {
        handle(signal, before);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("The signal could be listened to before", e);
      }
      signal = null;
    }
  }
}
