package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.network.TokenBatch;
import io.github.recurrentzoo.zoo.network.WeightedLoss;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Trains a {@link TextClassification} network on rows of token ids, with cross-entropy in nats, in
 * which the rows of each class have a weight.
 */
final class ClassificationTask implements TrainingTask {
  /** A probability of 0 would make the loss of a single row infinite. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  private final double[] weights;
  private final boolean weighted;
  private final TokenRows training;
  private final TokenRows validation;
  private final int batchSize;
  private final double labelSmoothing;
  private final TrainingAnswers answers = new TrainingAnswers();

  /**
   * A task.
   *
   * @param weights of the classes
   */
  ClassificationTask(
      double[] weights,
      TokenRows training,
      TokenRows validation,
      int batchSize,
      double labelSmoothing) {
    this.weights = weights;
    this.weighted = DoubleStream.of(weights).anyMatch(weight -> weight != 1);
    this.training = training;
    this.validation = validation;
    this.batchSize = batchSize;
    this.labelSmoothing = labelSmoothing;
  }

  /** The weights of classes whose rows all count the same. */
  static double[] equally(int classes) {
    double[] weights = new double[classes];
    Arrays.fill(weights, 1);
    return weights;
  }

  @Override
  public String metric() {
    return "accuracy";
  }

  @Override
  public List<TrainingListener> listeners() {
    return List.of(answers);
  }

  @Override
  public List<Minibatch> epoch(int epoch, Random random) {
    return TokenBatch.shuffled(training.inputs().ids(), batchSize, random).stream()
        .<Minibatch>map(Rows::new)
        .toList();
  }

  @Override
  public boolean validates() {
    return validation.size() > 0;
  }

  @Override
  public Measures validate(ComputationGraph network) {
    double[][] probabilities = ClassProbabilities.unchecked(network, validation.inputs());
    double loss = 0;
    double sum = 0;
    int right = 0;
    for (int row = 0; row < probabilities.length; row++) {
      int expected = validation.classOf(row);
      double weight = weights[expected];
      loss -= weight * Math.log(Math.max(probabilities[row][expected], SMALLEST_PROBABILITY));
      sum += weight;
      right += ClassProbabilities.best(probabilities[row]) == expected ? 1 : 0;
    }
    return new Measures(loss / sum, (double) right / probabilities.length);
  }

  /** The training rows with these indices. */
  private final class Rows implements Minibatch {
    private final int[] indices;

    Rows(int[] indices) {
      this.indices = indices;
    }

    @Override
    public int rows() {
      return indices.length;
    }

    @Override
    public Measures train(ComputationGraph network) {
      TextInputs.Batch batch = training.inputs().batch(indices);
      int[] expected = new int[indices.length];
      for (int b = 0; b < expected.length; b++) {
        expected[b] = training.classOf(indices[b]);
      }
      answers.expect(expected);
      OutputLayer output = (OutputLayer) network.getOutputLayer(0).conf().getLayer();
      ILossFunction loss = output.getLossFn();
      if (weighted) {
        output.setLossFn(new WeightedLoss(loss, weights(expected)));
      }
      try {
        network.fit(batch.inputs(), new INDArray[] {labels(expected)}, batch.masks(), null);
      } finally {
        output.setLossFn(loss);
      }
      return new Measures(network.score(), answers.accuracy());
    }

    /** The weight of each row [B, 1]. */
    private INDArray weights(int[] expected) {
      float[] ofRows = new float[expected.length];
      for (int b = 0; b < ofRows.length; b++) {
        ofRows[b] = (float) weights[expected[b]];
      }
      return Nd4j.create(ofRows, new long[] {ofRows.length, 1}, 'c');
    }

    private INDArray labels(int[] expected) {
      int classes = weights.length;
      int units = classes == 2 ? 1 : classes;
      float[] labels = new float[expected.length * units];
      float others = (float) (labelSmoothing / classes);
      Arrays.fill(labels, others);
      for (int b = 0; b < expected.length; b++) {
        if (classes > 2) {
          labels[b * classes + expected[b]] += (float) (1 - labelSmoothing);
        } else if (expected[b] == 1) {
          labels[b] = 1 - others;
        }
      }
      return Nd4j.create(labels, new long[] {expected.length, units}, 'c');
    }
  }

  /**
   * Counts how many training rows the network answers rightly, without a second forward pass: after
   * the backward pass the output layer still has its input, and one small product gives the answer.
   */
  private static final class TrainingAnswers extends BaseTrainingListener {
    private int[] expected = new int[0];
    private int right;

    /** Names the classes of the next batch. */
    void expect(int[] classes) {
      expected = classes;
    }

    @Override
    public void onBackwardPass(Model model) {
      right = 0;
      double[][] answer =
          ClassProbabilities.rows(
              ((ComputationGraph) model)
                  .getOutputLayer(0)
                  .activate(false, LayerWorkspaceMgr.noWorkspaces()));
      for (int b = 0; b < expected.length; b++) {
        right += ClassProbabilities.best(answer[b]) == expected[b] ? 1 : 0;
      }
    }

    /** The fraction of the last batch that was answered rightly. */
    double accuracy() {
      return (double) right / expected.length;
    }
  }
}
