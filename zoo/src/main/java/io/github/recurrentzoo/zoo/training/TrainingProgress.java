package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.model.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Hears how a training goes on. The calls come from the training thread, one after the other; an
 * exception that a method throws stops the training.
 */
public interface TrainingProgress {
  /** Hears and says nothing. */
  TrainingProgress SILENT = new TrainingProgress() {};

  /** Called before the first step of a training that goes on from a checkpoint. */
  default void onResume(ResumeEvent event) {}

  /**
   * Called when a checkpoint could not be written; training goes on, and the next one is tried when
   * its time has come.
   *
   * @param message what happened, and what there is to go on from
   */
  default void onCheckpointMissed(String message) {}

  /** Called after each step of the optimiser. */
  default void onBatch(BatchEvent event) {}

  /** Called after each epoch, when the validation rows have been answered. */
  default void onEpoch(EpochEvent event) {}

  /**
   * A training goes on.
   *
   * @param checkpoint the file that it goes on from
   * @param epoch the epoch that it goes on in, from 1
   * @param step the steps of this epoch that are made already
   * @param history the epochs that have ended, in their order
   * @param elapsed the time that training has taken so far
   */
  record ResumeEvent(
      Path checkpoint, int epoch, int step, List<EpochEvent> history, Duration elapsed) {}

  /**
   * A step of the optimiser.
   *
   * @param epoch the current epoch, from 1
   * @param epochs the largest number of epochs
   * @param step the current step of the epoch, from 1
   * @param steps the number of steps of this epoch
   * @param loss mean training loss of this epoch so far, penalties included
   * @param metric mean of the task's own measure in this epoch so far, dropout included
   * @param learningRate of the first layer that is trained; NaN if its updater has none
   * @param rows the rows of this epoch so far
   * @param remaining estimated time until training ends if no later epoch is better than the best
   *     so far: the time that is left at least
   * @param longest estimated time until the last epoch ends, if early stopping does not end before
   */
  record BatchEvent(
      int epoch,
      int epochs,
      int step,
      int steps,
      double loss,
      Metric metric,
      double learningRate,
      long rows,
      Duration remaining,
      Duration longest) {}

  /**
   * The end of an epoch.
   *
   * @param epoch the epoch that ended, from 1
   * @param epochs the largest number of epochs
   * @param trainingLoss mean training loss of the epoch, penalties included
   * @param trainingMetric mean of the task's own measure while training, dropout included
   * @param validationLoss mean loss of the validation rows, without penalties; NaN if there are
   *     none
   * @param validationMetric the task's own measure on the validation rows; NaN if there are none
   * @param best whether the validation loss is the lowest so far, so that these weights are kept
   * @param stopsHere whether training ends with this epoch
   * @param elapsed time since training began, without the time between a stop and going on
   * @param learningRate of the first layer that is trained, in the last step of the epoch; NaN if
   *     its updater has none
   * @param rows how many rows the epoch had to learn from; 0 if that is not known
   */
  record EpochEvent(
      int epoch,
      int epochs,
      double trainingLoss,
      Metric trainingMetric,
      double validationLoss,
      Metric validationMetric,
      boolean best,
      boolean stopsHere,
      Duration elapsed,
      double learningRate,
      long rows) {

    /** The loss that tells how training goes: that of the validation rows if there are some. */
    public double loss() {
      return Double.isNaN(validationLoss) ? trainingLoss : validationLoss;
    }
  }
}
