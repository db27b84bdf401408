package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingIdentity;
import io.github.recurrentzoo.zoo.training.TrainingLoop;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What all pipelines do alike when a network is trained: they write down what the result depends
 * on, and make a pipeline of the network wherever one is asked for: at the end, and of the best
 * epoch so far for a checkpoint.
 */
public final class Training {
  private final Task task;
  private final ComputationGraph network;
  private final Map<String, Object> architecture;
  private final TrainingOptions options;
  private final int rows;
  private final RowDigest digest;
  private final FineTuneOrigin origin;
  private final Map<String, Object> further = new LinkedHashMap<>();

  /**
   * A training that was not begun.
   *
   * @param network is trained, and belongs to the pipeline that comes of it
   * @param architecture the options of its entry by name
   * @param rows the number of rows given, those for validation included
   * @param digest of these rows
   * @param origin the model that the network was made of; null if it begins with random weights
   */
  public Training(
      Task task,
      ComputationGraph network,
      Map<String, Object> architecture,
      TrainingOptions options,
      int rows,
      RowDigest digest,
      FineTuneOrigin origin) {
    this.task = task;
    this.network = network;
    this.architecture = architecture;
    this.options = options;
    this.rows = rows;
    this.digest = digest;
    this.origin = origin;
  }

  /** One more thing that the result depends on; a checkpoint of another one is refused. */
  public Training dependsOn(String name, Object value) {
    further.put(name, value);
    return this;
  }

  /** As {@link #dependsOn}, where there is a value. */
  public Training dependsOnGiven(String name, Object value) {
    return value == null ? this : dependsOn(name, value);
  }

  /**
   * Trains the network.
   *
   * @param minibatches the task's side of the training
   * @param maker makes a pipeline of the network as it is at that moment
   */
  public <P extends Pipeline> P run(
      TrainingTask minibatches, TrainingRun run, Function<ModelInfo, P> maker) {
    Function<TrainingLoop.Outcome, P> trained =
        outcome -> maker.apply(info(outcome, run.columns()));
    return trained.apply(
        new TrainingLoop(
                network,
                minibatches,
                options,
                run,
                identity(),
                (outcome, file) -> trained.apply(outcome).save(file))
            .run());
  }

  private ModelInfo info(TrainingLoop.Outcome outcome, Map<String, String> columns) {
    Provenance provenance = Provenance.of(rows, digest, options.seed(), outcome);
    return new ModelInfo(architecture, options, provenance.from(origin).ofColumns(columns));
  }

  private TrainingIdentity identity() {
    TrainingIdentity identity =
        TrainingIdentity.of(task.inWords(), rows, digest, architecture, options);
    further.forEach(identity::add);
    return identity.add("fine-tuning", origin == null ? null : origin.options());
  }
}
