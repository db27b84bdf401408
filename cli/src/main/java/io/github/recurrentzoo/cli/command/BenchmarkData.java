package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.List;

/**
 * The rows of a {@link Benchmark}: those to learn from, and those that its models are measured on.
 *
 * @param <B> the builder of the task's network
 * @param <P> the task's pipeline
 */
public interface BenchmarkData<B extends NetworkOptions<B>, P extends Pipeline> {

  /** For the head of a table, such as "text classification, WordNet's definitions". */
  String title();

  /** For a picture, such as "WordNet". */
  String shortTitle();

  PipelineType<P> type();

  /** A network with the zoo's default values. */
  B network();

  /** Sets the sizes that follow from the rows, such as the number of classes. */
  B sized(B network);

  /** The fraction of the rows to learn from that validates, as in the task's own command. */
  default double validationSplit() {
    return TrainingOptions.builder().build().validationSplit();
  }

  P train(B network, TrainingOptions training, TrainingRun run);

  /** What {@link #score} is, such as "accuracy". */
  String measure();

  default boolean higherIsBetter() {
    return true;
  }

  /** How good a model is on the held-out rows. */
  double score(P model);

  /** The score of a network that learned nothing, or NaN where nobody knows it. */
  default double chance() {
    return Double.NaN;
  }

  /** The measures of a preset on the held-out rows, the first one in its list. */
  List<Metric> metrics(P model);
}
