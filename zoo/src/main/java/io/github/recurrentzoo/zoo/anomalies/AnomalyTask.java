package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a {@link SequenceAutoencoder} to give back windows, by the mean absolute error in standard
 * deviations.
 */
final class AnomalyTask implements TrainingTask {
  private static final int MOST_WINDOWS = 4000; // of an epoch; of more, so many are drawn

  private final AnomalyWindows windows;
  private final int[] training;
  private final int[] validation;
  private final int batchSize;
  private final LastAnswer lastAnswer = new LastAnswer();

  /**
   * A task.
   *
   * @param training the first rows of the windows to learn from
   * @param validation those of the windows that choose the best epoch
   */
  AnomalyTask(AnomalyWindows windows, int[] training, int[] validation, int batchSize) {
    this.windows = windows;
    this.training = training;
    this.validation = validation;
    this.batchSize = batchSize;
  }

  /** How many windows an epoch has. */
  static int perEpoch(int windows) {
    return Math.min(windows, MOST_WINDOWS);
  }

  @Override
  public String metric() {
    return "error";
  }

  @Override
  public List<TrainingListener> listeners() {
    return List.of(lastAnswer);
  }

  @Override
  public List<Minibatch> epoch(int epoch, Random random) {
    int[] starts = training.clone();
    for (int i = starts.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = starts[i];
      starts[i] = starts[j];
      starts[j] = swapped;
    }
    int count = perEpoch(starts.length);
    List<Minibatch> batches = new ArrayList<>();
    for (int from = 0; from < count; from += batchSize) {
      batches.add(new Windows(Arrays.copyOfRange(starts, from, Math.min(from + batchSize, count))));
    }
    return batches;
  }

  @Override
  public boolean validates() {
    return validation.length > 0;
  }

  @Override
  public Measures validate(ComputationGraph network) {
    ErrorSum sum = new ErrorSum();
    windows.ask(
        network,
        validation,
        (starts, labels, answers) -> sum.add(labels, answers, windows.mask(starts)));
    return sum.measures();
  }

  /** The mean absolute error of real values. */
  private static final class ErrorSum {
    private double errors;
    private long numbers;

    void add(float[] labels, float[] answers, float[] mask) {
      for (int i = 0; i < labels.length; i++) {
        if (mask == null || mask[i] > 0) {
          errors += Math.abs(labels[i] - answers[i]);
          numbers++;
        }
      }
    }

    Measures measures() {
      return new Measures(errors / numbers, errors / numbers);
    }
  }

  /** The windows that begin with these rows. */
  private final class Windows implements Minibatch {
    private final int[] starts;

    Windows(int[] starts) {
      this.starts = starts;
    }

    @Override
    public int rows() {
      return starts.length;
    }

    @Override
    public Measures train(ComputationGraph network) {
      float[] labels = windows.labels(starts);
      float[] mask = windows.mask(starts);
      INDArray[] label = {windows.array(labels, starts.length)};
      INDArray[] inputs = windows.inputs(starts);
      if (mask == null) {
        network.fit(inputs, label);
      } else {
        network.fit(inputs, label, null, new INDArray[] {windows.array(mask, starts.length)});
      }
      ErrorSum sum = new ErrorSum();
      sum.add(labels, lastAnswer.values, mask);
      return sum.measures();
    }
  }

  /** What the network gave back while training: see {@code ForecastTask}. */
  private static final class LastAnswer extends BaseTrainingListener {
    private float[] values = {};

    @Override
    public void onBackwardPass(Model model) {
      values =
          TimeMajor.numbers(
              ((ComputationGraph) model)
                  .getOutputLayer(0)
                  .activate(false, LayerWorkspaceMgr.noWorkspaces()));
    }
  }
}
