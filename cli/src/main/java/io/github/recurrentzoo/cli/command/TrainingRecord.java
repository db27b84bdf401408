package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.report.GradientNorms;
import io.github.recurrentzoo.zoo.report.TrainingHistory;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;

/**
 * What is kept of a training for its report.
 *
 * @param history of the epochs
 * @param norms of the gradients
 */
public record TrainingRecord(TrainingHistory history, GradientNorms norms) {

  TrainingRecord() {
    this(new TrainingHistory(), new GradientNorms());
  }

  /** A run that is shown and recorded. */
  public TrainingRun.Builder run(TrainingProgress shown) {
    return TrainingRun.builder().progress(shown).progress(history).listener(norms);
  }
}
