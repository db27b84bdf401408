package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.compare.Comparison.Architecture;
import io.github.recurrentzoo.cli.compare.Comparison.Contest;
import io.github.recurrentzoo.cli.compare.Comparison.Contestant;
import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;

/**
 * A contest on a task of the zoo: what the tasks have in common.
 *
 * @param <B> the builder of the task's entry
 */
abstract class PipelineContest<B extends NetworkOptions<B>> implements Contest {

  private final CompareArchitecturesOptions options;

  PipelineContest(CompareArchitecturesOptions options) {
    this.options = options;
  }

  /** The entry with the sizes that the data asks for; shape and training are set afterwards. */
  abstract B entry();

  /**
   * The fraction of what is learned from that chooses the best epoch, as in the task's own command.
   */
  double validationSplit() {
    return TrainingOptions.builder().build().validationSplit();
  }

  /** Trains and measures; any exception says that it could not. */
  abstract Outcome train(B entry, TrainingOptions training);

  /** The score of a network that learned nothing: not known, unless a contest says otherwise. */
  @Override
  public double chance() {
    return Double.NaN;
  }

  @Override
  public final long parameters(Architecture architecture, int hiddenSize) {
    return shaped(architecture, hiddenSize).build().parameters();
  }

  private B shaped(Architecture architecture, int hiddenSize) {
    return architecture.apply(entry(), options.network, hiddenSize);
  }

  @Override
  public final Outcome train(Contestant contestant) {
    return train(
        options.training.apply(
            shaped(contestant.architecture(), contestant.hiddenSize()),
            contestant.learningRate(),
            contestant.seed()),
        options.training.options(contestant.seed(), validationSplit()));
  }
}
