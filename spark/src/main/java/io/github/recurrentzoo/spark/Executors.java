package io.github.recurrentzoo.spark;

import org.apache.spark.SparkEnv;

/** What an executor sets before it runs a network. */
final class Executors {
  private static final String THREADS = "recurrentzoo.threads";

  /** The id of the executor that is none: tasks of local mode run in the driver. */
  private static final String DRIVER = "driver";

  private Executors() {}

  /**
   * Gives the kernels as many threads as a task has cores ({@code spark.task.cpus}), since the
   * executor's other cores have tasks of their own; {@code -Drecurrentzoo.threads} among {@code
   * spark.executor.extraJavaOptions} says otherwise. In local mode, driver and tasks are one JVM,
   * which is left as it is.
   */
  static void prepare() {
    SparkEnv environment = SparkEnv.get();
    if (environment != null
        && !environment.executorId().equals(DRIVER)
        && System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, environment.conf().get("spark.task.cpus", "1"));
    }
  }
}
