package io.github.recurrentzoo.zoo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network with early stopping: the weights of the epoch with the lowest validation loss
 * are the ones that stay.
 */
final class TrainingLoop {
  private final ComputationGraph network;
  private final TrainingTask task;
  private final TrainingOptions options;
  private final TrainingRun run;
  private final TrainingProgress progress;
  private final long start = System.nanoTime();
  private Duration spentOnEpochs = Duration.ZERO;

  TrainingLoop(
      ComputationGraph network, TrainingTask task, TrainingOptions options, TrainingRun run) {
    this.network = network;
    this.task = task;
    this.options = options;
    this.run = run;
    this.progress = run.progress();
  }

  /**
   * What came out.
   *
   * @param bestEpoch the epoch, from 1, whose weights the network has now
   * @param epochs the number of epochs that were trained
   * @param validation of the best epoch
   * @param metric what {@link Measures#metric} is
   */
  record Outcome(int bestEpoch, int epochs, Measures validation, String metric) {}

  /**
   * Trains.
   *
   * @throws TrainingDivergedException if a loss becomes infinite or no number
   * @throws TrainingStoppedException if that is wanted
   */
  Outcome run() {
    Nd4j.getRandom().setSeed(options.seed());
    Random random = new Random(options.seed());
    List<TrainingListener> listeners = new ArrayList<>(task.listeners());
    listeners.addAll(run.listeners());
    network.setListeners(listeners);
    Snapshot best = null;
    for (int epoch = 1; ; epoch++) {
      // fit() of single minibatches, which is what trains here, does not tell of epochs.
      listeners.forEach(listener -> listener.onEpochStart(network));
      Measures training = trainEpoch(epoch, random);
      listeners.forEach(listener -> listener.onEpochEnd(network));
      network.incrementEpochCount();
      Measures validation = task.validate(network);
      if (!Double.isFinite(validation.loss())) {
        throw diverged("validation", "after epoch " + epoch, validation.loss());
      }
      spentOnEpochs = elapsed();
      boolean better = best == null || validation.loss() < best.validation().loss();
      if (better) {
        best = Snapshot.of(network, epoch, validation);
      }
      boolean stops = epoch == options.epochs() || epoch - best.epoch() >= options.patience();
      progress.onEpoch(
          new TrainingProgress.EpochEvent(
              epoch,
              options.epochs(),
              training.loss(),
              new Metric(task.metric(), training.metric()),
              validation.loss(),
              new Metric(task.metric(), validation.metric()),
              better,
              stops,
              elapsed()));
      if (stops) {
        network.setListeners();
        best.restore(network);
        return new Outcome(best.epoch(), epoch, best.validation(), task.metric());
      }
      stopIfAsked("after epoch " + epoch);
    }
  }

  /** One pass over the training rows; returns the means over them. */
  private Measures trainEpoch(int epoch, Random random) {
    List<Minibatch> batches = task.epoch(epoch, random);
    long all = batches.stream().mapToLong(Minibatch::rows).sum();
    double loss = 0;
    double metric = 0;
    long rows = 0;
    for (int step = 1; step <= batches.size(); step++) {
      Minibatch batch = batches.get(step - 1);
      Measures measures = batch.train(network);
      if (!Double.isFinite(measures.loss())) {
        throw diverged("training", "in epoch " + epoch + ", step " + step, measures.loss());
      }
      loss += measures.loss() * batch.rows();
      metric += measures.metric() * batch.rows();
      rows += batch.rows();
      progress.onBatch(
          new TrainingProgress.BatchEvent(
              epoch,
              options.epochs(),
              step,
              batches.size(),
              loss / rows,
              new Metric(task.metric(), metric / rows),
              remaining(epoch, (double) rows / all)));
      if (step < batches.size()) {
        stopIfAsked("in epoch " + epoch + ", after step " + step + " of " + batches.size());
      }
    }
    return new Measures(loss / rows, metric / rows);
  }

  private void stopIfAsked(String when) {
    if (run.stopRequested()) {
      throw new TrainingStoppedException("Training was stopped " + when + ", as was asked for.");
    }
  }

  /** By the pace of the epochs before, validation included; in the first one by its own. */
  private Duration remaining(int epoch, double partOfEpoch) {
    double done = epoch - 1 + partOfEpoch;
    double left = options.epochs() - done;
    double perEpoch =
        epoch == 1 ? elapsed().toNanos() / done : (double) spentOnEpochs.toNanos() / (epoch - 1);
    return Duration.ofNanos((long) (perEpoch * left));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
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

  /** All of a network that training changes, as it was after an epoch. */
  private record Snapshot(
      int epoch,
      Measures validation,
      INDArray weights,
      INDArray updaterState,
      int iterationCount,
      int epochCount) {

    static Snapshot of(ComputationGraph network, int epoch, Measures validation) {
      INDArray state = network.getUpdater().getStateViewArray();
      return new Snapshot(
          epoch,
          validation,
          network.params().dup(),
          state == null ? null : state.dup(),
          network.getIterationCount(),
          network.getEpochCount());
    }

    void restore(ComputationGraph network) {
      network.setParams(weights);
      if (updaterState != null) {
        network.getUpdater().getStateViewArray().assign(updaterState);
      }
      // Schedules and Adam's bias correction go by these when training goes on.
      network.getConfiguration().setIterationCount(iterationCount);
      network.getConfiguration().setEpochCount(epochCount);
    }
  }
}
