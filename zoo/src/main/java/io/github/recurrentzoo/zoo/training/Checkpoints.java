package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.internal.Require;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often a training is written down, so that it can go on after it was stopped, killed
 * or cut off.
 *
 * <pre>{@code
 * Checkpoints checkpoints =
 *     Checkpoints.builder(folder).every(Duration.ofMinutes(10)).resume(true).build();
 * TrainingRun run = TrainingRun.builder().checkpoints(checkpoints).build();
 * TextClassifier classifier = TextClassifier.train(rows, architecture.build(), training, run);
 * classifier.save(file);
 * checkpoints.delete();
 * }</pre>
 *
 * <p>Two files are in the folder: {@code checkpoint-last.zip}, from which a training goes on, and
 * {@code checkpoint-best.zip}, the model of the best epoch so far, which the pipeline's {@code
 * load} reads as any other. Each is written as a whole or not at all: whatever ends the process,
 * the last checkpoint is there or the one before it. They stay when training ends, since the model
 * is not saved yet; {@link #delete} removes them.
 *
 * <p>A checkpoint that cannot be written, as on a full disk, ends nothing: {@link
 * TrainingProgress#onCheckpointMissed} tells of it, the one before stays, and the next one is tried
 * when its time has come.
 *
 * <p>A training that goes on gives the same model to the bit as one that was never interrupted, on
 * the same machine with the same number of threads. That holds for the same rows, options, starting
 * weights and versions; {@link CheckpointException} refuses others and says what differs. Only the
 * number of epochs may be larger than before. At most the time between two checkpoints is lost.
 *
 * <p>A checkpoint holds weights and the updater's state twice, as they are and as they were in the
 * best epoch, about 24 bytes per weight with Adam. To write one of a million weights took 0.1 to
 * 0.4 seconds, and 0.2 to 0.4 more where the best epoch was a new one.
 */
public final class Checkpoints {
  private static final String LAST = "checkpoint-last.zip";
  private static final String BEST = "checkpoint-best.zip";

  private final Path folder;
  private final Duration every;
  private final int everyEpochs;
  private final boolean resume;

  private Checkpoints(Builder builder) {
    this.folder = builder.folder;
    this.every = builder.every;
    this.everyEpochs = builder.everyEpochs;
    this.resume = builder.resume;
  }

  /**
   * A builder with the defaults that its methods name.
   *
   * @param folder where to write; it must be there when training begins. A second training that
   *     would write there meanwhile is refused with a {@link CheckpointException}
   */
  public static Builder builder(Path folder) {
    return new Builder(Require.notNull("folder", folder));
  }

  /** The file from which a training goes on. */
  public Path last() {
    return folder.resolve(LAST);
  }

  /** The file with the model of the best epoch so far. */
  public Path best() {
    return folder.resolve(BEST);
  }

  /** Whether there is a training that could go on. */
  public boolean present() {
    return Files.exists(last());
  }

  /**
   * Removes both files, and what a killed process left half written.
   *
   * @throws ModelFileException if that fails
   */
  public void delete() {
    deleteUnfinished();
    delete(last());
    delete(best());
  }

  void deleteLast() {
    delete(last());
  }

  void deleteBest() {
    delete(best());
  }

  /** Removes what a killed process left half written. */
  void deleteUnfinished() {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, ".checkpoint-*.zip.*.tmp")) {
      found.forEach(Checkpoints::delete);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot look into the folder %s for checkpoints: %s. Make it, or choose another one."
              .formatted(folder, e),
          e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot remove the checkpoint %s: %s. Remove it by hand.".formatted(file, e), e);
    }
  }

  FolderLock lock() {
    return FolderLock.of(folder);
  }

  Duration every() {
    return every;
  }

  int everyEpochs() {
    return everyEpochs;
  }

  boolean resume() {
    return resume;
  }

  /** Builds {@link Checkpoints}. */
  public static final class Builder {
    private final Path folder;
    private Duration every = Duration.ofMinutes(5);
    private int everyEpochs;
    private boolean resume;

    private Builder(Path folder) {
      this.folder = folder;
    }

    /**
     * The time between checkpoints, counted from the beginning of the training, so that a shorter
     * one writes none; 0 is after each step. Default: 5 minutes.
     */
    public Builder every(Duration every) {
      if (Require.notNull("every", every).isNegative()) {
        throw new IllegalArgumentException("every must be 0 or longer, but is " + every);
      }
      this.every = every;
      return this;
    }

    /** Additionally one after so many epochs; 0 for none. Default: 0. */
    public Builder everyEpochs(int epochs) {
      this.everyEpochs = Require.atLeast("everyEpochs", 0, epochs);
      return this;
    }

    /**
     * Whether a training goes on from the last checkpoint in the folder; where there is none, it
     * begins. If not, a training begins, and its first checkpoint replaces what is there. Default:
     * no.
     */
    public Builder resume(boolean resume) {
      this.resume = resume;
      return this;
    }

    /** The checkpoints; changing the builder later leaves them as they are. */
    public Checkpoints build() {
      return new Checkpoints(this);
    }
  }
}
