package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Training was stopped because the loss is no number any more; the message says what to change, and
 * what is kept.
 */
public final class TrainingDivergedException extends RecurrentZooException {
  private static final long serialVersionUID = 1L;

  private final transient Path best;

  private TrainingDivergedException(String message, Path best) {
    super(message);
    this.best = best;
  }

  static TrainingDivergedException of(
      String rows, String when, double loss, BestEpoch best, Optional<Path> file) {
    String kept =
        best == null
            ? "No epoch had ended before, so there is no model to keep."
            : file.map(
                    path ->
                        "The model of epoch %d, the best one before, is kept in %s."
                            .formatted(best.epoch(), path))
                .orElse(
                    "Epoch %d was the best one before; its model would have been kept if the training had checkpoints."
                        .formatted(best.epoch()));
    return new TrainingDivergedException(message(rows, when, loss, kept), file.orElse(null));
  }

  /** The model of the best epoch could not be saved, for the reason given. */
  static TrainingDivergedException notKept(String rows, String when, double loss, String reason) {
    return new TrainingDivergedException(
        message(rows, when, loss, "No model was kept: " + reason), null);
  }

  private static String message(String rows, String when, double loss, String kept) {
    return "The %s loss became %s %s, so nothing more can be learned. %s Lower the learning rate to a tenth, or clip the gradients (clipNorm(1.0)); an activation that is not bounded, such as RELU, needs both."
        .formatted(rows, loss, when, kept);
  }

  /**
   * The file with the model of the best epoch before, which the pipeline's {@code load} reads;
   * empty if there was none or the training had no {@link Checkpoints}.
   */
  public Optional<Path> bestModel() {
    return Optional.ofNullable(best);
  }
}
