package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.layers.FusedKernels;
import java.io.PrintStream;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Deeplearning4j's user interface, where it is on the class path. It is asked for by name: it
 * brings a web server and more, which nobody should have to download who does not use it.
 */
final class DeeplearningUi {
  private static final String COORDINATES = "org.deeplearning4j:deeplearning4j-ui:1.0.0-M2.1";

  private DeeplearningUi() {}

  /**
   * Starts the server in this process.
   *
   * @return what tells it of the training
   * @throws BadOptionException if it is not on the class path, or does not start
   */
  static TrainingListener attach(PrintStream out) {
    FusedKernels.prepare();
    try {
      Class<?> router = Class.forName("org.deeplearning4j.core.storage.StatsStorageRouter");
      Class<?> storages = Class.forName("org.deeplearning4j.core.storage.StatsStorage");
      Object storage =
          Class.forName("org.deeplearning4j.ui.model.storage.InMemoryStatsStorage")
              .getConstructor()
              .newInstance();
      Class<?> servers = Class.forName("org.deeplearning4j.ui.api.UIServer");
      Object server = servers.getMethod("getInstance").invoke(null);
      servers.getMethod("attach", storages).invoke(server, storage);
      out.println(
          "The user interface is at %s/train/overview until this program ends."
              .formatted(servers.getMethod("getAddress").invoke(server)));
      return Class.forName("org.deeplearning4j.ui.model.stats.StatsListener")
          .asSubclass(TrainingListener.class)
          .getConstructor(router)
          .newInstance(storage);
    } catch (ClassNotFoundException e) {
      throw new BadOptionException(
          "--ui needs Deeplearning4j's user interface, which is not on the class path. From the folder of the project add -Pui to the command (mvn -q compile exec:java -Pui -Dargs=\"--ui\"); elsewhere add the dependency %s. Or leave --ui out: report.html has the curves."
              .formatted(COORDINATES),
          e);
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BadOptionException(
          "Deeplearning4j's user interface does not start: %s. Expected %s with its dependencies, and a free port (system property org.deeplearning4j.ui.port, 9000 by default)."
              .formatted(cause, COORDINATES),
          e);
    }
  }
}
