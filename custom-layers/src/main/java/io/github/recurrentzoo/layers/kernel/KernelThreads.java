package io.github.recurrentzoo.layers.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that kernels share. A task never waits for another one, and whoever hands out tasks
 * works on them too, so that any number of networks in any number of threads get on, even where no
 * thread of the pool is free.
 */
public final class KernelThreads {

  /** The system property that sets the number of threads of a kernel. */
  static final String PROPERTY = "recurrentzoo.threads";

  private static final Logger LOG = LoggerFactory.getLogger(KernelThreads.class);
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
  public static int count() {
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

  /**
   * Runs task 0, task 1 ... task count - 1, at the same time where threads are free. Returns, or
   * throws what a task threw, when none of them is at work any more: their buffers are used again.
   */
  public static void run(int count, IntConsumer task) {
    List<FutureTask<Void>> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      tasks.add(new FutureTask<>(() -> task.accept(number), null));
    }
    tasks.subList(1, count).forEach(KernelThreads::offer);
    tasks.forEach(FutureTask::run); // does nothing for those that a thread of the pool has begun
    Throwable failure = null;
    for (FutureTask<Void> each : tasks) {
      Throwable now = await(each);
      if (failure == null) {
        failure = now;
      } else if (now != null && now != failure) {
        failure.addSuppressed(now);
      }
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  /** To a thread of the pool; where the system has none to give, whoever offers does the work. */
  private static void offer(Runnable task) {
    try {
      POOL.execute(task);
    } catch (OutOfMemoryError e) { // "unable to create native thread"
      LOG.debug("No thread for a kernel", e);
    }
  }

  /** Waits for a task, whatever happens; what it threw, or null. */
  private static Throwable await(FutureTask<Void> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return null;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
