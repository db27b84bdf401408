package io.github.recurrentzoo.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * What surrounds a training and changes nothing of its result: who hears how it goes on, and who
 * may stop it.
 *
 * <pre>{@code
 * TrainingRun run =
 *     TrainingRun.builder().progress(progress).listener(new StatsListener(storage)).build();
 * TextClassifier.train(rows, architecture, training, run);
 * }</pre>
 */
public final class TrainingRun {
  /** Nobody hears of it and nobody stops it. */
  public static final TrainingRun SILENT = builder().build();

  private final List<TrainingProgress> progress;
  private final List<TrainingListener> listeners;
  private final BooleanSupplier stop;

  private TrainingRun(Builder builder) {
    this.progress = List.copyOf(builder.progress);
    this.listeners = List.copyOf(builder.listeners);
    this.stop = builder.stop;
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
    return builder;
  }

  /** All that hear of the training, as one. */
  TrainingProgress progress() {
    return new TrainingProgress() {
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

  /** Whether somebody wants the training to stop here. */
  boolean stopRequested() {
    return Thread.currentThread().isInterrupted() || stop.getAsBoolean();
  }

  /** Builds a {@link TrainingRun}. */
  public static final class Builder {
    private final List<TrainingProgress> progress = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private BooleanSupplier stop = () -> false;

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
     * ends with a {@link TrainingStoppedException}. To interrupt the training thread does the same;
     * the thread is still marked as interrupted then.
     */
    public Builder stop(BooleanSupplier stop) {
      this.stop = Require.notNull("stop", stop);
      return this;
    }

    /** The run; changing the builder later leaves it as it is. */
    public TrainingRun build() {
      return new TrainingRun(this);
    }
  }
}
