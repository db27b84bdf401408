package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trains a {@link SequenceClassification} network on sequences, with cross-entropy in nats. */
final class SequenceTask implements TrainingTask {
  /** A probability of 0 would make the loss of a single row infinite. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  private final Rows training;
  private final Rows validation;
  private final int classes;
  private final int batchSize;
  private final Frames frames;
  private final Augmentation augmentation;
  private final Answers answers = new Answers();

  SequenceTask(
      Rows training,
      Rows validation,
      int classes,
      int batchSize,
      Frames frames,
      Augmentation augmentation) {
    this.training = training;
    this.validation = validation;
    this.classes = classes;
    this.batchSize = batchSize;
    this.frames = frames;
    this.augmentation = augmentation;
  }

  /**
   * Sequences with the indices of their labels.
   *
   * @param numbers of each sequence, [T][S] in one array
   * @param labels of each sequence
   */
  record Rows(List<float[]> numbers, List<Integer> labels) {}

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
    return SequenceBatch.shuffled(training.numbers(), batchSize, random).stream()
        .<Minibatch>map(rows -> new Batch(rows, random))
        .toList();
  }

  @Override
  public boolean validates() {
    return !validation.labels().isEmpty();
  }

  @Override
  public Measures validate(ComputationGraph network) {
    double[][] probabilities =
        SequenceProbabilities.unchecked(network, validation.numbers(), frames);
    double loss = 0;
    int right = 0;
    for (int i = 0; i < probabilities.length; i++) {
      int expected = validation.labels().get(i);
      loss -= Math.log(Math.max(probabilities[i][expected], SMALLEST_PROBABILITY));
      right += SequenceProbabilities.best(probabilities[i]) == expected ? 1 : 0;
    }
    return new Measures(loss / probabilities.length, (double) right / probabilities.length);
  }

  /** The training rows with these indices. */
  private final class Batch implements Minibatch {
    private final int[] rows;
    private final Random random;

    Batch(int[] rows, Random random) {
      this.rows = rows;
      this.random = random;
    }

    @Override
    public int rows() {
      return rows.length;
    }

    @Override
    public Measures train(ComputationGraph network) {
      List<float[]> numbers =
          Arrays.stream(rows).mapToObj(row -> changed(training.numbers().get(row))).toList();
      SequenceBatch batch = SequenceBatch.of(numbers, frames);
      int[] expected = Arrays.stream(rows).map(row -> training.labels().get(row)).toArray();
      answers.expect(expected);
      network.fit(
          new INDArray[] {batch.steps()}, new INDArray[] {oneHot(expected)}, batch.masks(), null);
      return new Measures(network.score(), answers.accuracy());
    }

    private float[] changed(float[] numbers) {
      return augmentation.isNone() ? numbers : augmentation.of(numbers, frames.size(), random);
    }

    /** [B, C]. */
    private INDArray oneHot(int[] expected) {
      float[] numbers = new float[expected.length * classes];
      for (int b = 0; b < expected.length; b++) {
        numbers[b * classes + expected[b]] = 1;
      }
      return Nd4j.create(numbers, new long[] {expected.length, classes}, 'c');
    }
  }

  /**
   * Looks what the network answers while it is trained, without a second forward pass: after the
   * backward pass the output layer still has its input.
   */
  private static final class Answers extends BaseTrainingListener {
    private int[] expectedNow = {};
    private int right;

    void expect(int[] labels) {
      expectedNow = labels;
    }

    double accuracy() {
      return (double) right / expectedNow.length;
    }

    @Override
    public void onBackwardPass(Model model) {
      double[][] answer =
          ((ComputationGraph) model)
              .getOutputLayer(0)
              .activate(false, LayerWorkspaceMgr.noWorkspaces())
              .toDoubleMatrix();
      right = 0;
      for (int b = 0; b < answer.length; b++) {
        right += SequenceProbabilities.best(answer[b]) == expectedNow[b] ? 1 : 0;
      }
    }
  }
}
