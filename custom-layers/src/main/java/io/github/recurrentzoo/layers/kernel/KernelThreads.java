package io.github.recurrentzoo.layers.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The threads that kernels share. A task never waits for another one, and whoever hands out tasks
 * works on them too, so that any number of networks in any number of threads get on, even where no
 * thread of the pool is free.
 */
final class KernelThreads {

  /** The system property that sets the number of threads of a kernel. */
  static final String PROPERTY = "recurrentzoo.threads";

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final ThreadPoolExecutor POOL = pool();

  private KernelThreads() {}

  private static ThreadPoolExecutor pool() {
    int threads = Math.max(1, CORES - 1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "recurrentzoo-kernel");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * The number of threads of a kernel: as many as there are cores, or what the system property
   * {@value #PROPERTY} says.
   *
   * @throws IllegalArgumentException if the property is no whole number above 0
   */
  static int count() {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      return CORES;
    }
    try {
      int threads = Integer.parseInt(value.trim());
      if (threads > 0) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // told below, as for 0
    }
    throw new IllegalArgumentException(
        "The system property "
            + PROPERTY
            + " is \""
            + value
            + "\", but a whole number above 0 was expected");
  }

  /** Runs task 0, task 1 ... task count - 1, at the same time where threads are free. */
  static void run(int count, IntConsumer task) {
    List<FutureTask<Void>> others = new ArrayList<>(count - 1);
    for (int i = 1; i < count; i++) {
      int number = i;
      FutureTask<Void> other = new FutureTask<>(() -> task.accept(number), null);
      others.add(other);
      POOL.execute(other);
    }
    try {
      task.accept(0);
    } finally {
      // Also after a failure: nobody may still be at work on buffers that are used again.
      others.forEach(FutureTask::run); // does nothing for those that a thread of the pool has begun
      others.forEach(KernelThreads::await);
    }
  }

  private static void await(FutureTask<Void> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true; // the task works on our buffers, so it is waited for all the same
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A thread of a recurrent kernel failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
