package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Training was stopped on request, by {@link TrainingRun.Builder#stop} or by an interrupt of its
 * thread, before it had come to its end. With {@link Checkpoints}, the training can go on from
 * where it was, and the model of the best epoch so far is in a file; without them all is lost.
 */
public final class TrainingStoppedException extends RecurrentZooException {
  private static final long serialVersionUID = 1L;

  private final transient Path checkpoint;
  private final transient Path best;

  private TrainingStoppedException(String message, Path checkpoint, Path best) {
    super(message);
    this.checkpoint = checkpoint;
    this.best = best;
  }

  static TrainingStoppedException of(
      String when, TrainingState state, Optional<Checkpoints> checkpoints) {
    Path last = checkpoints.map(Checkpoints::last).orElse(null);
    Path best = state.best == null ? null : checkpoints.map(Checkpoints::best).orElse(null);
    String kept =
        last == null
            ? "Nothing is kept, since it has no checkpoint."
            : best == null
                ? "It can go on from %s; no epoch has ended, so there is no model yet."
                    .formatted(last)
                : "It can go on from %s; the model of the best epoch so far, %d, is in %s."
                    .formatted(last, state.best.epoch(), best);
    return new TrainingStoppedException(
        "Training was stopped %s, as was asked for. %s".formatted(when, kept), last, best);
  }

  /** The file from which the training can go on; empty if it had no {@link Checkpoints}. */
  public Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /**
   * The file with the model of the best epoch so far, which the pipeline's {@code load} reads;
   * empty if no epoch had ended or the training had no {@link Checkpoints}.
   */
  public Optional<Path> bestModel() {
    return Optional.ofNullable(best);
  }
}
