package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;

/**
 * Options that are good for sequences of one's own: those of the recipe {@code sequences}, and for
 * long sequences a convolution that makes them about {@value #STEPS} frames long.
 */
public final class SequenceDefaults {
  private static final int LONG = 250;
  private static final int STEPS = 125;
  private static final int FILTERS = 32;

  private final Recipe recipe;
  private final int stride;

  private SequenceDefaults(Recipe recipe, int stride) {
    this.recipe = recipe;
    this.stride = stride;
  }

  /** Those for an LSTM. */
  public static SequenceDefaults of(List<LabeledSequence> rows) {
    return of(rows, Recurrence.LSTM);
  }

  /** Those for a network of that recurrence. */
  public static SequenceDefaults of(List<LabeledSequence> rows, Recurrence recurrence) {
    int[] lengths = rows.stream().mapToInt(LabeledSequence::length).sorted().toArray();
    int length = lengths.length == 0 ? 1 : lengths[lengths.length / 2];
    return new SequenceDefaults(
        SequenceClassification.recipe("sequences", recurrence),
        length <= LONG ? 0 : Math.min((length + STEPS - 1) / STEPS, 5_000));
  }

  /** The number of filters of a convolution; 0 for short sequences, which need none. */
  public int filters() {
    return stride == 0 ? 0 : FILTERS;
  }

  /** The number of steps that a filter reads. */
  public int filterWidth() {
    return stride == 0 ? SequenceClassification.builder().build().filterWidth() : 2 * stride;
  }

  /** The number of steps from one place of a filter to the next. */
  public int stride() {
    return Math.max(1, stride);
  }

  /** The network. */
  public SequenceClassification.Builder network() {
    return SequenceClassification.builder()
        .recipe(recipe)
        .filters(filters())
        .filterWidth(filterWidth())
        .stride(stride());
  }

  /** The training. */
  public TrainingOptions.Builder training() {
    return TrainingOptions.builder().recipe(recipe);
  }
}
