package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.network.TokenBatch;
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

/**
 * Trains a {@link SequenceTagging} network on sentences; the loss is in nats. Losses and accuracies
 * are means over words.
 */
final class TaggingTask implements TrainingTask {
  private final List<TagEncoder.Piece> training;
  private final List<int[]> trainingIds;
  private final List<int[]> expected; // the labels of each training sentence
  private final List<TagEncoder.Piece> validation;
  private final List<int[]> validationLabels;
  private final int labels;
  private final double[] weights;
  private final boolean weighted;
  private final int vectorSize;
  private final int batchSize;
  private final Answers answers = new Answers();

  /**
   * A task.
   *
   * @param weights of the labels in the loss of a word
   */
  TaggingTask(TagEncoder encoder, Rows training, Rows validation, double[] weights, int batchSize) {
    this.training = encoder.toLearn(training.sentences());
    this.trainingIds = this.training.stream().map(TagEncoder.Piece::ids).toList();
    this.expected = training.labels();
    this.validation = encoder.toAsk(validation.sentences());
    this.validationLabels = validation.labels();
    this.labels = weights.length;
    this.weights = weights;
    this.weighted = Arrays.stream(weights).anyMatch(weight -> weight != 1);
    this.vectorSize = encoder.vectorSize();
    this.batchSize = batchSize;
  }

  /**
   * Sentences with the indices of their labels.
   *
   * @param sentences the words of each
   * @param labels of each sentence the index of each word's label
   */
  record Rows(List<List<String>> sentences, List<int[]> labels) {}

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
    return TokenBatch.shuffled(trainingIds, batchSize, random).stream()
        .<Minibatch>map(Batch::new)
        .toList();
  }

  @Override
  public boolean validates() {
    return !validation.isEmpty();
  }

  @Override
  public Measures validate(ComputationGraph network) {
    double[] loss = {0, 0}; // and the weights of the words
    long[] counts = {0, 0}; // words, right ones
    LabelDecoder decoder = LabelDecoder.of(network);
    PieceOutputs.of(
        network,
        validation,
        vectorSize,
        labels,
        (piece, outputs) -> {
          int[] own = labelsOf(piece, validationLabels);
          int[] best = decoder.best(outputs);
          for (int t = piece.answeredFrom(); t < piece.answeredTo(); t++) {
            loss[1] += weights[own[t]];
            counts[0]++;
            counts[1] += best[t] == own[t] ? 1 : 0;
          }
          loss[0] += decoder.loss(outputs, own, weights, piece.answeredFrom(), piece.answeredTo());
        });
    return new Measures(loss[0] / loss[1], (double) counts[1] / counts[0]);
  }

  private static int[] labelsOf(TagEncoder.Piece piece, List<int[]> ofSentences) {
    int[] sentence = ofSentences.get(piece.sentence());
    return Arrays.copyOfRange(sentence, piece.from(), piece.from() + piece.size());
  }

  /** The training pieces with these indices. */
  private final class Batch implements Minibatch {
    private final int[] rows;

    Batch(int[] rows) {
      this.rows = rows;
    }

    @Override
    public int rows() {
      return Arrays.stream(rows).map(row -> trainingIds.get(row).length).sum();
    }

    @Override
    public Measures train(ComputationGraph network) {
      TagBatch batch = TagBatch.of(training, rows, vectorSize);
      answers.expect(Arrays.stream(rows).mapToObj(this::labelsOf).toList());
      double penalties = network.calcRegularizationScore(true); // before the step, as in the loss
      INDArray[] right = {oneHot(batch.steps())};
      if (weighted) {
        batch.fit(network, right, weightsOfWords(batch.steps()));
      } else {
        network.fit(batch.arrays(), right, batch.masks(), batch.labelMasks());
      }
      double perWord = (network.score() - penalties) * rows.length / rows();
      return new Measures(perWord + penalties, answers.accuracy());
    }

    /** [B, T], 0 at padding. */
    private INDArray weightsOfWords(int steps) {
      float[] numbers = new float[rows.length * steps];
      for (int b = 0; b < rows.length; b++) {
        int[] own = labelsOf(rows[b]);
        for (int t = 0; t < own.length; t++) {
          numbers[b * steps + t] = (float) weights[own[t]];
        }
      }
      return Nd4j.create(numbers, new long[] {rows.length, steps}, 'c');
    }

    private int[] labelsOf(int row) {
      return TaggingTask.labelsOf(training.get(row), expected);
    }

    /** [B, C, T]. */
    private INDArray oneHot(int steps) {
      float[] numbers = new float[steps * rows.length * labels];
      for (int b = 0; b < rows.length; b++) {
        int[] own = labelsOf(rows[b]);
        for (int t = 0; t < own.length; t++) {
          numbers[(t * rows.length + b) * labels + own[t]] = 1;
        }
      }
      return TimeMajor.array(numbers, steps, rows.length, labels);
    }
  }

  /**
   * Looks what the network answers while it is trained, without a second forward pass: after the
   * backward pass the output layer still has its input.
   */
  private final class Answers extends BaseTrainingListener {
    private List<int[]> expectedNow = List.of();
    private int right;

    void expect(List<int[]> labelsOfRows) {
      expectedNow = labelsOfRows;
    }

    double accuracy() {
      return (double) right / expectedNow.stream().mapToInt(row -> row.length).sum();
    }

    @Override
    public void onBackwardPass(Model model) {
      ComputationGraph network = (ComputationGraph) model;
      float[] numbers =
          TimeMajor.numbers(
              network.getOutputLayer(0).activate(false, LayerWorkspaceMgr.noWorkspaces()));
      LabelDecoder decoder = LabelDecoder.of(network);
      right = 0;
      int rows = expectedNow.size();
      for (int b = 0; b < rows; b++) {
        int[] row = expectedNow.get(b);
        int[] best = decoder.best(PieceOutputs.row(numbers, b, rows, row.length, labels));
        for (int t = 0; t < row.length; t++) {
          right += best[t] == row[t] ? 1 : 0;
        }
      }
    }
  }
}
