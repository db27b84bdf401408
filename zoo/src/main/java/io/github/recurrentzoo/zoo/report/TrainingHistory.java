package io.github.recurrentzoo.zoo.report;

import io.github.recurrentzoo.zoo.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;

/** Keeps what each epoch of a training gave. For one training and one thread. */
public final class TrainingHistory implements TrainingProgress {
  private final List<Epoch> epochs = new ArrayList<>();
  private String metric = "metric";

  /** An empty history. */
  public TrainingHistory() {}

  /**
   * One epoch, under the names of {@code metrics.json}.
   *
   * @param epoch from 1
   * @param trainingLoss mean loss while training, penalties and dropout included
   * @param trainingMetric the task's own measure while training, dropout included
   * @param validationLoss mean loss of the validation rows, without penalties; NaN if there are
   *     none
   * @param validationMetric the task's own measure on the validation rows; NaN if there are none
   * @param best whether the validation loss was the lowest so far
   * @param seconds since training began
   * @param learningRate in the last step of the epoch; NaN where the updater has none
   * @param rowsPerSecond rows to learn from by the time of the epoch, validation included; NaN
   *     where that is not known
   */
  public record Epoch(
      int epoch,
      double trainingLoss,
      double trainingMetric,
      double validationLoss,
      double validationMetric,
      boolean best,
      double seconds,
      double learningRate,
      double rowsPerSecond) {

    /** The loss that tells how training goes: that of the validation rows if there are some. */
    public double loss() {
      return Double.isNaN(validationLoss) ? trainingLoss : validationLoss;
    }
  }

  @Override
  public void onResume(ResumeEvent event) {
    epochs.clear();
    event.history().forEach(this::onEpoch);
  }

  @Override
  public void onEpoch(EpochEvent event) {
    metric = event.validationMetric().name();
    double seconds = event.elapsed().toNanos() / 1e9;
    double ofEpoch = seconds - seconds();
    epochs.add(
        new Epoch(
            event.epoch(),
            event.trainingLoss(),
            event.trainingMetric().value(),
            event.validationLoss(),
            event.validationMetric().value(),
            event.best(),
            Math.round(seconds * 1000) / 1000.0,
            event.learningRate(),
            event.rows() > 0 && ofEpoch > 0 ? event.rows() / ofEpoch : Double.NaN));
  }

  /** The epochs that have ended, in their order. */
  public List<Epoch> epochs() {
    return List.copyOf(epochs);
  }

  /** The name of the task's own measure, such as "accuracy". */
  public String metric() {
    return metric;
  }

  /**
   * The epoch whose weights stay, as a rule the one with the lowest validation loss; 0 before the
   * first has ended.
   */
  public int bestEpoch() {
    return epochs.stream().filter(Epoch::best).mapToInt(Epoch::epoch).max().orElse(0);
  }

  /** Seconds until the last epoch ended. */
  public double seconds() {
    return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).seconds();
  }
}
