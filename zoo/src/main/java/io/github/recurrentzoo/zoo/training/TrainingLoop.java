package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Networks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network with early stopping: the weights of the epoch with the lowest validation loss
 * are the ones that stay. Without validation rows these are the weights of the last epoch.
 */
public final class TrainingLoop {
  private final ComputationGraph network;
  private final TrainingTask task;
  private final TrainingOptions options;
  private final TrainingRun run;
  private final TrainingProgress progress;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final Optional<Checkpointing> checkpointing;
  private final TrainingState state;

  /** A training that cannot go on from checkpoints, whatever the run says. */
  public TrainingLoop(
      ComputationGraph network,
      TrainingTask task,
      TrainingOptions options,
      TrainingProgress progress) {
    this(network, task, options, TrainingRun.of(progress), null, null);
  }

  /**
   * A training.
   *
   * @param identity what its result depends on beside the network
   * @param saver writes a model file of the network as it is then
   */
  public TrainingLoop(
      ComputationGraph network,
      TrainingTask task,
      TrainingOptions options,
      TrainingRun run,
      TrainingIdentity identity,
      BiConsumer<Outcome, Path> saver) {
    this.network = network;
    this.task = task;
    this.options = options;
    this.run = run;
    this.progress = run.progress();
    this.state = new TrainingState(options.seed());
    this.checkpointing =
        run.checkpoints()
            .map(
                checkpoints ->
                    new Checkpointing(
                        checkpoints,
                        network,
                        task,
                        identity,
                        saver,
                        run.resumables(),
                        run.progress()::onCheckpointMissed));
    listeners.addAll(task.listeners());
    listeners.addAll(run.listeners());
  }

  /**
   * What came out.
   *
   * @param bestEpoch the epoch, from 1, whose weights the network has now
   * @param epochs the number of epochs that were trained
   * @param validation of the best epoch
   * @param metric what {@link Measures#metric} is
   */
  public record Outcome(int bestEpoch, int epochs, Measures validation, String metric) {}

  /**
   * Trains.
   *
   * @throws TrainingDivergedException if a loss becomes infinite or no number
   * @throws TrainingStoppedException if that is wanted
   */
  public Outcome run() {
    try {
      return train();
    } finally {
      checkpointing.ifPresent(Checkpointing::close);
    }
  }

  private Outcome train() {
    Nd4j.getRandom().setSeed(Networks.seed(options.seed()));
    network.setListeners(listeners);
    PlateauRate rate = new PlateauRate(network, options);
    resume();
    try {
      trainEpochs(rate);
    } finally {
      rate.reset();
    }
    network.setListeners();
    BestEpoch best = state.best;
    best.snapshot().restore(network);
    return new Outcome(best.epoch(), state.history.size(), best.validation(), task.metric());
  }

  private void trainEpochs(PlateauRate rate) {
    while (!state.finished) {
      rate.after(state.history, run.plateausOf());
      // fit() of single minibatches, which is what trains here, does not tell of epochs.
      listeners.forEach(listener -> listener.onEpochStart(network));
      trainEpoch();
      listeners.forEach(listener -> listener.onEpochEnd(network));
      network.incrementEpochCount();
      endEpoch();
    }
  }

  private void resume() {
    checkpointing
        .filter(files -> files.resume(state))
        .ifPresent(
            files -> {
              state.finished = state.finished && isLast(state.epoch - 1); // epochs may be added
              progress.onResume(
                  new TrainingProgress.ResumeEvent(
                      files.last(),
                      state.epoch,
                      state.step,
                      List.copyOf(state.history),
                      state.elapsed()));
            });
  }

  /** The steps of the epoch that are not made yet. */
  private void trainEpoch() {
    List<Minibatch> batches = batches();
    long all = batches.stream().mapToLong(Minibatch::rows).sum();
    while (state.step < batches.size()) {
      Minibatch batch = batches.get(state.step);
      Measures measures = batch.train(network);
      if (!Double.isFinite(measures.loss())) {
        throw diverged(
            "training", "in epoch " + state.epoch + ", step " + (state.step + 1), measures.loss());
      }
      state.add(measures, batch.rows());
      Measures means = state.means();
      double partOfEpoch = (double) state.rows / all;
      progress.onBatch(
          new TrainingProgress.BatchEvent(
              state.epoch,
              options.epochs(),
              state.step,
              batches.size(),
              means.loss(),
              new Metric(task.metric(), means.metric()),
              LearningRate.of(network, state.epoch),
              state.rows,
              remaining(partOfEpoch, earliestEnd()),
              remaining(partOfEpoch, options.epochs())));
      if (state.step < batches.size()) {
        checkpointing.ifPresent(files -> files.afterStep(state));
        stopIfAsked(
            "in epoch %d, after step %d of %d".formatted(state.epoch, state.step, batches.size()));
      }
    }
  }

  /** All minibatches of the epoch, drawn as at its beginning. */
  private List<Minibatch> batches() {
    if (state.step == 0) {
      return task.epoch(state.epoch, state.random);
    }
    long now = state.random.state();
    state.random.restore(state.randomAtEpoch);
    List<Minibatch> batches = task.epoch(state.epoch, state.random);
    state.random.restore(now);
    return batches;
  }

  private void endEpoch() {
    int epoch = state.epoch;
    Measures training = state.means();
    long rows = state.rows;
    Measures validation = task.validates() ? task.validate(network) : training;
    if (!Double.isFinite(validation.loss())) {
      throw diverged("validation", "after epoch " + epoch, validation.loss());
    }
    BestEpoch before = state.best;
    boolean better =
        before == null
            || options.keepLast()
            || !task.validates()
            || validation.loss() < before.validation().loss();
    if (better) {
      state.best = new BestEpoch(epoch, validation, Snapshot.of(network));
    }
    state.finished = isLast(epoch);
    boolean chooses = task.validates() && !options.keepLast(); // else the last one is kept
    state.nextEpoch();
    TrainingProgress.EpochEvent event =
        new TrainingProgress.EpochEvent(
            epoch,
            options.epochs(),
            training.loss(),
            new Metric(task.metric(), training.metric()),
            task.validates() ? validation.loss() : Double.NaN,
            new Metric(task.metric(), task.validates() ? validation.metric() : Double.NaN),
            chooses ? better : state.finished,
            state.finished,
            state.elapsed(),
            LearningRate.of(network, epoch),
            rows);
    state.history.add(event);
    progress.onEpoch(event);
    checkpointing.ifPresent(files -> files.afterEpoch(state));
    if (!state.finished) {
      stopIfAsked("after epoch " + epoch);
    }
  }

  private boolean isLast(int epoch) {
    return epoch >= options.epochs() || epoch - state.best.epoch() >= options.patience();
  }

  private void stopIfAsked(String when) {
    if (run.stopRequested()) {
      Optional<Checkpointing> kept = checkpointing.filter(files -> files.write(state));
      throw TrainingStoppedException.of(when, state, kept.map(Checkpointing::files));
    }
  }

  /** The epoch after which training ends if no other is better than the best one so far. */
  private int earliestEnd() {
    if (options.keepLast() || !task.validates()) {
      return options.epochs();
    }
    int best = state.best == null ? 1 : state.best.epoch();
    return Math.min(options.epochs(), best + options.patience());
  }

  /**
   * By the pace of the epochs before, validation included; in the first one by its own.
   *
   * @param last the epoch that is meant to be the last one
   */
  private Duration remaining(double partOfEpoch, int last) {
    double done = state.epoch - 1 + partOfEpoch;
    double left = last - done;
    double perEpoch =
        state.epoch == 1
            ? state.elapsed().toNanos() / done
            : (double) state.spentOnEpochs.toNanos() / (state.epoch - 1);
    return Duration.ofNanos((long) (perEpoch * left));
  }

  private TrainingDivergedException diverged(String rows, String when, double loss) {
    try {
      Optional<Path> kept = checkpointing.flatMap(files -> files.keepBestOnly(state));
      return TrainingDivergedException.of(rows, when, loss, state.best, kept);
    } catch (ModelFileException e) {
      TrainingDivergedException diverged =
          TrainingDivergedException.notKept(rows, when, loss, e.getMessage());
      diverged.addSuppressed(e);
      return diverged;
    }
  }
}
