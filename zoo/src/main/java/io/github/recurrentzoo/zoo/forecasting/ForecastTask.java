package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.layers.QuantileLoss;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a {@link SequenceForecasting} network on the windows of a series. Only real values are
 * learned from and measured.
 */
final class ForecastTask implements TrainingTask {
  /** How many windows of many series are learned from as if their series was not known. */
  private static final double UNKNOWN = 0.1;

  private final ForecastWindows windows;
  private final int[] training;
  private final int[] validation;
  private final int batchSize;
  private final QuantileLoss loss;
  private final int group;
  private final int answers;
  private final double[] units;
  private final boolean oneTarget;
  private final LastAnswer lastAnswer = new LastAnswer();

  /**
   * A task.
   *
   * @param training the origins to learn from
   * @param validation the origins that choose the best epoch
   */
  ForecastTask(
      ForecastEncoder encoder,
      ForecastWindows windows,
      int[] training,
      int[] validation,
      int batchSize,
      SequenceForecasting.Loss loss) {
    this.windows = windows;
    this.training = training;
    this.validation = validation;
    this.batchSize = batchSize;
    ForecastOptions options = encoder.options();
    this.group = options.horizon();
    this.answers = options.answers();
    this.loss =
        new QuantileLoss(
            options.quantiles().stream().mapToDouble(Double::doubleValue).toArray(),
            group,
            loss == SequenceForecasting.Loss.ABSOLUTE);
    this.oneTarget = encoder.options().targets().size() == 1 && encoder.panel() == null;
    boolean oneUnit = encoder.options().targets().size() == 1;
    this.units =
        encoder.answered().stream().mapToDouble(s -> oneUnit ? s.deviation() : 1).toArray();
  }

  /**
   * With several targets, whose units may differ, in standard deviations of what the network
   * answers; with several series in those of each series, whatever it answers.
   */
  @Override
  public String metric() {
    return oneTarget ? "MAE" : "scaled MAE";
  }

  @Override
  public List<TrainingListener> listeners() {
    return List.of(lastAnswer);
  }

  @Override
  public List<Minibatch> epoch(int epoch, Random random) {
    int[] origins = training.clone();
    for (int i = origins.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = origins[i];
      origins[i] = origins[j];
      origins[j] = swapped;
    }
    List<Minibatch> batches = new ArrayList<>();
    for (int from = 0; from < origins.length; from += batchSize) {
      int[] batch = Arrays.copyOfRange(origins, from, Math.min(from + batchSize, origins.length));
      BitSet unknown = new BitSet();
      for (int b = 0; windows.hasNames() && b < batch.length; b++) {
        unknown.set(b, random.nextDouble() < UNKNOWN);
      }
      batches.add(new Windows(batch, unknown));
    }
    return batches;
  }

  @Override
  public boolean validates() {
    return validation.length > 0;
  }

  @Override
  public Measures validate(ComputationGraph network) {
    return measures(
        windows.answers(network, validation), windows.labels(validation), windows.mask(validation));
  }

  private Measures measures(double[][] answers, float[][] labels, float[][] mask) {
    double losses = 0;
    double absolute = 0;
    long numbers = 0;
    long estimates = 0;
    for (int b = 0; b < answers.length; b++) {
      for (int i = 0; i < answers[b].length; i++) {
        if (mask == null || mask[b][i] > 0) {
          double error = labels[b][i] - answers[b][i];
          losses += loss.of(i, error);
          numbers++;
          int block = i / group;
          if (block % this.answers == 0) { // no quantile
            absolute += Math.abs(error) * units[block / this.answers * group + i % group];
            estimates++;
          }
        }
      }
    }
    return new Measures(losses / numbers, absolute / estimates);
  }

  /** The windows with these origins. */
  private final class Windows implements Minibatch {
    private final int[] origins;
    private final BitSet unknown;

    Windows(int[] origins, BitSet unknown) {
      this.origins = origins;
      this.unknown = unknown;
    }

    @Override
    public int rows() {
      return origins.length;
    }

    @Override
    public Measures train(ComputationGraph network) {
      float[][] labels = windows.labels(origins);
      float[][] mask = windows.mask(origins);
      INDArray[] input = windows.inputs(origins, unknown::get);
      INDArray[] label = {windows.asOutput(labels)};
      if (mask == null) {
        network.fit(input, label);
        Measures measured = measures(lastAnswer.values, labels, null);
        // The score of a decoder is a sum over the steps.
        return label[0].rank() == 2 ? new Measures(network.score(), measured.metric()) : measured;
      }
      network.fit(input, label, null, new INDArray[] {windows.asOutput(mask)});
      return measures(lastAnswer.values, labels, mask); // the score counts masked labels, too
    }
  }

  /**
   * What the network answered while training, without a second forward pass: after the backward
   * pass the output layer still has its input, and one small product gives the answer.
   */
  private static final class LastAnswer extends BaseTrainingListener {
    private double[][] values = new double[0][];

    @Override
    public void onBackwardPass(Model model) {
      values =
          ForecastWindows.ofOutput(
              ((ComputationGraph) model)
                  .getOutputLayer(0)
                  .activate(false, LayerWorkspaceMgr.noWorkspaces()));
    }
  }
}
