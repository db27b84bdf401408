package io.github.recurrentzoo.zoo.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How far a training has come; with the network, all that its next steps depend on. */
final class TrainingState {
  /** Draws the order of the rows, and what else a task leaves to chance. */
  final ReplayableRandom random;

  /** The state of {@link #random} at the beginning of the epoch, which draws its minibatches. */
  long randomAtEpoch;

  /** The current epoch, from 1. */
  int epoch = 1;

  /** How many steps of it are made. */
  int step;

  /** Sums over the rows of these steps. */
  double loss;

  double metric;
  long rows;

  /** Null before the end of the first epoch. */
  BestEpoch best;

  boolean finished;

  /** The epochs that have ended. */
  final List<TrainingProgress.EpochEvent> history = new ArrayList<>();

  /** The time until the last epoch ended. */
  Duration spentOnEpochs = Duration.ZERO;

  private long start = System.nanoTime();

  TrainingState(long seed) {
    random = new ReplayableRandom(seed);
    randomAtEpoch = random.state();
  }

  void add(Measures measures, int count) {
    loss += measures.loss() * count;
    metric += measures.metric() * count;
    rows += count;
    step++;
  }

  /** Means over the rows of the epoch so far. */
  Measures means() {
    return new Measures(loss / rows, metric / rows);
  }

  void nextEpoch() {
    epoch++;
    step = 0;
    loss = 0;
    metric = 0;
    rows = 0;
    randomAtEpoch = random.state();
    spentOnEpochs = elapsed();
  }

  /** Since the training began, without the time between a stop and going on. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Has run for so long by now. */
  void elapsed(Duration time) {
    start = System.nanoTime() - time.toNanos();
  }
}
