package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.internal.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * What surrounds a training and changes nothing of its result: who hears how it goes on, who may
 * stop it, and where it is written down to go on later.
 *
 * <pre>{@code
 * TrainingRun run =
 *     TrainingRun.builder().progress(progress).listener(new StatsListener(storage)).build();
 * TextClassifier.train(rows, architecture.build(), training, run);
 * }</pre>
 */
public final class TrainingRun {
  /** Nobody hears of it and nobody stops it. */
  public static final TrainingRun SILENT = builder().build();

  private final List<TrainingProgress> progress;
  private final List<TrainingListener> listeners;
  private final BooleanSupplier stop;
  private final Checkpoints checkpoints;
  private final Map<String, String> columns;
  private final List<Double> plateausOf;

  private TrainingRun(Builder builder) {
    this.progress = List.copyOf(builder.progress);
    this.listeners = List.copyOf(builder.listeners);
    this.stop = builder.stop;
    this.checkpoints = builder.checkpoints;
    this.columns = Map.copyOf(builder.columns);
    this.plateausOf = builder.plateausOf;
  }

  /** A run of which only this one hears. */
  public static TrainingRun of(TrainingProgress progress) {
    return builder().progress(progress).build();
  }

  /** A builder for a run of which nobody hears. */
  public static Builder builder() {
    return new Builder();
  }

  /** Another builder with the same content. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.progress.addAll(progress);
    builder.listeners.addAll(listeners);
    builder.stop = stop;
    builder.checkpoints = checkpoints;
    builder.columns = columns;
    builder.plateausOf = plateausOf;
    return builder;
  }

  /** All that hear of the training, as one. */
  TrainingProgress progress() {
    return new TrainingProgress() {
      @Override
      public void onResume(ResumeEvent event) {
        progress.forEach(each -> each.onResume(event));
      }

      @Override
      public void onCheckpointMissed(String message) {
        progress.forEach(each -> each.onCheckpointMissed(message));
      }

      @Override
      public void onBatch(BatchEvent event) {
        progress.forEach(each -> each.onBatch(event));
      }

      @Override
      public void onEpoch(EpochEvent event) {
        progress.forEach(each -> each.onEpoch(event));
      }
    };
  }

  /** What is attached to the network while it is trained. */
  List<TrainingListener> listeners() {
    return listeners;
  }

  /** Those who remember something that belongs into a checkpoint, by name. */
  Map<String, Resumable> resumables() {
    Map<String, Resumable> all = new LinkedHashMap<>();
    Stream.concat(progress.stream(), listeners.stream())
        .filter(Resumable.class::isInstance)
        .map(Resumable.class::cast)
        .forEach(each -> all.put(each.getClass().getName() + "-" + all.size(), each));
    return all;
  }

  /** The names of the columns that the rows were read from; empty if nobody told. */
  public Map<String, String> columns() {
    return columns;
  }

  /** The validation losses whose plateaus count; null where they are those of this training. */
  List<Double> plateausOf() {
    return plateausOf;
  }

  Optional<Checkpoints> checkpoints() {
    return Optional.ofNullable(checkpoints);
  }

  /**
   * Refuses checkpoints where several models are trained, which would write over each other's.
   *
   * @throws IllegalArgumentException if there are any
   */
  public void refuseCheckpoints(String what) {
    if (checkpoints != null) {
      throw new IllegalArgumentException(
          "The run has checkpoints, but %s trains several models, which would write over each other's; leave them out"
              .formatted(what));
    }
  }

  /** Whether somebody wants the training to stop here. */
  boolean stopRequested() {
    return Thread.currentThread().isInterrupted() || stop.getAsBoolean();
  }

  /** Builds a {@link TrainingRun}. */
  public static final class Builder {
    private final List<TrainingProgress> progress = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private BooleanSupplier stop = () -> false;
    private Checkpoints checkpoints;
    private Map<String, String> columns = Map.of();
    private List<Double> plateausOf;

    private Builder() {}

    /** One more that hears how the training goes on, after those named before. */
    public Builder progress(TrainingProgress progress) {
      this.progress.add(Require.notNull("progress", progress));
      return this;
    }

    /**
     * One more of Deeplearning4j's listeners, attached to the network while it is trained: called
     * at the beginning and the end of each epoch and in each step, when gradients are there and
     * when the step is made. It must not change the network.
     */
    public Builder listener(TrainingListener listener) {
      this.listeners.add(Require.notNull("listener", listener));
      return this;
    }

    /**
     * Asked after each step of the optimiser, in the training thread; when it says yes, training
     * ends with a {@link TrainingStoppedException}, after a last checkpoint where there are any. To
     * interrupt the training thread does the same; the thread is still marked as interrupted then.
     * What was trained without checkpoints is lost.
     */
    public Builder stop(BooleanSupplier stop) {
      this.stop = Require.notNull("stop", stop);
      return this;
    }

    /**
     * The names of the columns that the rows were read from, which the model remembers ({@link
     * Provenance#columns}), such as "text" and "label" of labelled texts. Default: none.
     */
    public Builder columns(Map<String, String> columns) {
      this.columns = Require.notNull("columns", columns);
      return this;
    }

    /**
     * The validation losses of another training, by epoch: with {@link
     * TrainingOptions.Builder#reduceOnPlateau} the learning rate falls where it fell there. For a
     * training on all rows, which has no validation loss of its own. Default: it falls on the
     * plateaus of this training.
     */
    public Builder plateausOf(List<Double> losses) {
      this.plateausOf = List.copyOf(Require.notNull("losses", losses));
      return this;
    }

    /**
     * Where the training is written down, and whether it goes on from there. Listeners and progress
     * that are {@link Resumable} are asked for their state as well. Default: nowhere.
     */
    public Builder checkpoints(Checkpoints checkpoints) {
      this.checkpoints = Require.notNull("checkpoints", checkpoints);
      return this;
    }

    /** The run; changing the builder later leaves it as it is. */
    public TrainingRun build() {
      return new TrainingRun(this);
    }
  }
}
