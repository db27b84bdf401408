package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.model.CheckpointFile;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the checkpoints of one training, and goes on from one. */
final class Checkpointing implements AutoCloseable {
  private static final String BEST = "best-";
  private static final String CARRIED = "carried-";

  private final Checkpoints checkpoints;
  private final ComputationGraph network;
  private final TrainingTask task;
  private final Map<String, String> identity;
  private final BiConsumer<TrainingLoop.Outcome, Path> saver;
  private final Map<String, Resumable> resumables;
  private final Consumer<String> missed;
  private final FolderLock lock;
  private long written = System.nanoTime();
  private int bestWritten;
  private boolean present; // whether the last checkpoint is of this training

  /**
   * For a network before its first step.
   *
   * @param saver writes a model file of the network as it is
   * @param missed hears why a checkpoint could not be written
   * @throws CheckpointException if another training writes to the folder
   * @throws ModelFileException if the folder cannot be written to
   */
  Checkpointing(
      Checkpoints checkpoints,
      ComputationGraph network,
      TrainingTask task,
      TrainingIdentity identity,
      BiConsumer<TrainingLoop.Outcome, Path> saver,
      Map<String, Resumable> resumables,
      Consumer<String> missed) {
    this.checkpoints = checkpoints;
    this.network = network;
    this.task = task;
    this.identity = identity.with(network);
    this.saver = saver;
    this.resumables = resumables;
    this.missed = missed;
    ModelFile.checkWritable(checkpoints.last());
    this.lock = checkpoints.lock();
    checkpoints.deleteUnfinished();
  }

  /**
   * Sets network and state to those of the last checkpoint, if that is wanted and there is one.
   *
   * @return whether training goes on
   * @throws CheckpointException if it is another training's
   * @throws ModelFileException if it cannot be read
   */
  boolean resume(TrainingState state) {
    if (!checkpoints.resume() || !checkpoints.present()) {
      return false;
    }
    Path file = checkpoints.last();
    CheckpointFile read = CheckpointFile.read(file);
    CheckpointState saved = read.state(CheckpointState.class);
    require(saved.isWhole(), file);
    refuseOthers(saved.identity(), file);
    Snapshot now = Snapshot.from(read.arrays(), "", saved.counts());
    require(now.fits(network), file);
    if (saved.best() != null) {
      Snapshot best = Snapshot.from(read.arrays(), BEST, saved.best().counts());
      require(best.fits(network), file);
      state.best = new BestEpoch(saved.best().epoch(), saved.best().validation(), best);
    }
    now.restore(network);
    Map<String, INDArray> carried = new LinkedHashMap<>();
    read.arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith(CARRIED)) {
                carried.put(name.substring(CARRIED.length()), array);
              }
            });
    try {
      if (saved.step() > 0) {
        task.carry(carried);
      }
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          "The checkpoint %s is damaged: %s. Remove it and begin anew."
              .formatted(file, e.getMessage()),
          e);
    }
    resumables.forEach(
        (name, each) -> {
          if (saved.remembered().containsKey(name)) { // else it was not there then
            each.restoreState(saved.remembered().get(name));
          }
        });
    saved.restore(state);
    present = true;
    return true;
  }

  private void refuseOthers(Map<String, String> saved, Path file) {
    List<String> differences = TrainingIdentity.differencesToGoOn(identity, saved);
    if (!differences.isEmpty()) {
      throw new CheckpointException(
          "The training cannot go on from %s, which is of another training: %s. Give the data and the options that it began with, or begin anew without resuming, or in another folder."
              .formatted(file, String.join("; ", differences)));
    }
  }

  private static void require(boolean holds, Path file) {
    if (!holds) {
      throw new ModelFileException(
          "The checkpoint %s is damaged: its parts do not belong together. Remove it and begin anew."
              .formatted(file));
    }
  }

  /** Writes a checkpoint if it is time to. */
  void afterStep(TrainingState state) {
    if (isTime()) {
      write(state);
    }
  }

  /** Writes a checkpoint if it is time to, or for this epoch. */
  void afterEpoch(TrainingState state) {
    int epochs = checkpoints.everyEpochs();
    if (isTime() || (epochs > 0 && (state.epoch - 1) % epochs == 0)) {
      write(state);
    }
  }

  private boolean isTime() {
    return System.nanoTime() - written >= checkpoints.every().toNanos();
  }

  /**
   * Writes both files. Where that fails, those from before stay.
   *
   * @return whether there is a checkpoint of this training, this one or one before
   */
  boolean write(TrainingState state) {
    try {
      writeBoth(state);
      present = true;
    } catch (ModelFileException e) {
      written = System.nanoTime(); // tried again when it is time for the next one
      missed.accept(
          "a checkpoint could not be written, and the training goes on. %s %s"
              .formatted(
                  present
                      ? "The one before is still there: %s.".formatted(checkpoints.last())
                      : "There is none yet to go on from.",
                  e.getMessage()));
    }
    return present;
  }

  private void writeBoth(TrainingState state) {
    uninterrupted(
        () -> {
          Snapshot now = Snapshot.of(network);
          if (!now.isFinite()) {
            return; // the next step ends the training; the checkpoint before is worth more
          }
          writeBest(state, now);
          Map<String, INDArray> arrays = new LinkedHashMap<>();
          now.addTo(arrays, "");
          if (state.best != null) {
            state.best.snapshot().addTo(arrays, BEST);
          }
          if (state.step > 0) {
            task.carried().forEach((name, array) -> arrays.put(CARRIED + name, array));
          }
          CheckpointFile.write(
              checkpoints.last(),
              CheckpointState.of(identity, state, now.counts(), resumables),
              arrays);
          written = System.nanoTime();
        });
  }

  /** An interrupt of the thread, which would close the file, waits until it is written. */
  private static void uninterrupted(Runnable writing) {
    boolean interrupted = Thread.interrupted();
    try {
      writing.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Keeps the model of the best epoch and nothing to go on from, as going on would come to the same
   * end.
   *
   * @return the file; empty before the end of the first epoch
   * @throws ModelFileException if it cannot be written
   */
  Optional<Path> keepBestOnly(TrainingState state) {
    uninterrupted(
        () -> {
          writeBest(state, Snapshot.of(network));
          checkpoints.deleteLast();
        });
    return Optional.ofNullable(state.best).map(epoch -> checkpoints.best());
  }

  private void writeBest(TrainingState state, Snapshot now) {
    BestEpoch best = state.best;
    if (best == null) {
      checkpoints.deleteBest(); // of an earlier training
      return;
    }
    if (best.epoch() == bestWritten) {
      return;
    }
    CheckpointState.Nd4jRandom random = CheckpointState.Nd4jRandom.now();
    best.snapshot().restore(network);
    try {
      TrainingLoop.Outcome outcome =
          new TrainingLoop.Outcome(
              best.epoch(), state.history.size(), best.validation(), task.metric());
      TunedNetwork.saveFinished(network, () -> saver.accept(outcome, checkpoints.best()));
    } finally {
      now.restore(network);
      random.restore(); // a pipeline may make networks, whose first weights are drawn
    }
    bestWritten = best.epoch();
  }

  @Override
  public void close() {
    lock.close();
  }

  Path last() {
    return checkpoints.last();
  }

  Checkpoints files() {
    return checkpoints;
  }
}
