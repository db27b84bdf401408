package io.github.recurrentzoo.zoo;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a classifying network with early stopping: the weights of the epoch with the lowest
 * validation loss are the ones that stay.
 */
final class ClassifierTraining {
  /** A probability of 0 would make the loss of a single row infinite. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  private final ComputationGraph network;
  private final int classes;
  private final TokenRows training;
  private final TokenRows validation;
  private final TrainingOptions options;
  private final TrainingProgress progress;
  private final TrainingAnswers answers = new TrainingAnswers();
  private final long start = System.nanoTime();
  private long rowsDone;

  ClassifierTraining(
      ComputationGraph network,
      int classes,
      TokenRows training,
      TokenRows validation,
      TrainingOptions options,
      TrainingProgress progress) {
    this.network = network;
    this.classes = classes;
    this.training = training;
    this.validation = validation;
    this.options = options;
    this.progress = progress;
  }

  /**
   * What came out.
   *
   * @param bestEpoch the epoch, from 1, whose weights the network has now
   * @param epochs the number of epochs that were trained
   * @param validationLoss of the best epoch
   * @param validationAccuracy of the best epoch
   */
  record Outcome(int bestEpoch, int epochs, double validationLoss, double validationAccuracy) {}

  Outcome run() {
    Nd4j.getRandom().setSeed(options.seed());
    Random random = new Random(options.seed());
    network.addListeners(answers);
    Outcome best = null;
    INDArray bestWeights = null;
    INDArray bestUpdaterState = null;
    int bestIterations = 0;
    for (int epoch = 1; ; epoch++) {
      double trainingLoss = trainEpoch(epoch, random);
      network.incrementEpochCount();
      Outcome now = validate(epoch);
      if (!Double.isFinite(now.validationLoss())) {
        throw diverged("validation", "after epoch " + epoch, now.validationLoss());
      }
      boolean better = best == null || now.validationLoss() < best.validationLoss();
      if (better) {
        best = now;
        bestWeights = network.params().dup();
        bestIterations = network.getIterationCount();
        bestUpdaterState = network.getUpdater().getStateViewArray();
        bestUpdaterState = bestUpdaterState == null ? null : bestUpdaterState.dup();
      }
      boolean stops = epoch == options.epochs() || epoch - best.bestEpoch() >= options.patience();
      progress.onEpoch(
          new TrainingProgress.EpochEvent(
              epoch,
              options.epochs(),
              trainingLoss,
              answers.accuracy(),
              now.validationLoss(),
              now.validationAccuracy(),
              better,
              stops,
              Duration.ofNanos(System.nanoTime() - start)));
      if (stops) {
        network.setListeners();
        network.setParams(bestWeights);
        if (bestUpdaterState != null) {
          network.getUpdater().getStateViewArray().assign(bestUpdaterState);
        }
        // Schedules and Adam's bias correction go by these when training goes on.
        network.getConfiguration().setIterationCount(bestIterations);
        network.getConfiguration().setEpochCount(best.bestEpoch());
        return new Outcome(
            best.bestEpoch(), epoch, best.validationLoss(), best.validationAccuracy());
      }
    }
  }

  /** One pass over the training rows; returns the mean loss. */
  private double trainEpoch(int epoch, Random random) {
    List<int[]> batches = TokenBatch.shuffled(training.ids(), options.batchSize(), random);
    answers.reset();
    double loss = 0;
    for (int step = 1; step <= batches.size(); step++) {
      int[] rows = batches.get(step - 1);
      double score = fit(rows);
      if (!Double.isFinite(score)) {
        throw diverged("training", "in epoch " + epoch + ", step " + step, score);
      }
      loss += score * rows.length;
      rowsDone += rows.length;
      progress.onBatch(
          new TrainingProgress.BatchEvent(
              epoch,
              options.epochs(),
              step,
              batches.size(),
              loss / answers.rows(),
              answers.accuracy(),
              remaining()));
    }
    return loss / training.size();
  }

  private double fit(int[] rows) {
    TokenBatch batch = TokenBatch.of(training.ids(), rows);
    float[] labels = new float[rows.length * (classes == 2 ? 1 : classes)];
    int[] expected = new int[rows.length];
    for (int b = 0; b < rows.length; b++) {
      expected[b] = training.classOf(rows[b]);
      if (classes == 2) {
        labels[b] = expected[b];
      } else {
        labels[b * classes + expected[b]] = 1;
      }
    }
    answers.expect(expected);
    network.fit(
        new INDArray[] {batch.tokens()},
        new INDArray[] {
          Nd4j.create(labels, new long[] {rows.length, labels.length / rows.length}, 'c')
        },
        batch.mask() == null ? null : new INDArray[] {batch.mask()},
        null);
    return network.score();
  }

  private Outcome validate(int epoch) {
    double[][] probabilities = ClassProbabilities.unchecked(network, validation.ids());
    double loss = 0;
    int right = 0;
    for (int row = 0; row < probabilities.length; row++) {
      int expected = validation.classOf(row);
      loss -= Math.log(Math.max(probabilities[row][expected], SMALLEST_PROBABILITY));
      right += ClassProbabilities.best(probabilities[row]) == expected ? 1 : 0;
    }
    int rows = probabilities.length;
    return new Outcome(epoch, epoch, loss / rows, (double) right / rows);
  }

  private Duration remaining() {
    double elapsed = System.nanoTime() - start;
    long all = (long) training.size() * options.epochs();
    return Duration.ofNanos((long) (elapsed / rowsDone * (all - rowsDone)));
  }

  private static TrainingDivergedException diverged(String rows, String when, double loss) {
    return new TrainingDivergedException(
        "The "
            + rows
            + " loss became "
            + loss
            + " "
            + when
            + ", so nothing more can be learned. Lower the learning rate to a tenth, or clip the"
            + " gradients (clipGradientNorm(1.0)); an activation that is not bounded, such as"
            + " RELU, needs both.");
  }
}
