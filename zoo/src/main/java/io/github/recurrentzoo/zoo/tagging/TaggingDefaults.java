package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Options that are good for sentences of one's own: those of the recipe {@code tags}, with the
 * zoo's English word vectors if they know {@link EmbeddingSource#ENOUGH} of the words, and a CRF if
 * the labels mark spans.
 */
public final class TaggingDefaults {
  private final Recipe recipe;
  private final boolean english;
  private final boolean spans;

  private TaggingDefaults(Recipe recipe, boolean english, boolean spans) {
    this.recipe = recipe;
    this.english = english;
    this.spans = spans;
  }

  /** Those for an LSTM. */
  public static TaggingDefaults of(List<TaggedText> rows) {
    return of(rows, Recurrence.LSTM);
  }

  /** Those for a network of that recurrence. */
  public static TaggingDefaults of(List<TaggedText> rows, Recurrence recurrence) {
    return new TaggingDefaults(
        SequenceTagging.recipe("tags", recurrence), isEnglish(rows), markSpans(rows));
  }

  private static boolean isEnglish(List<TaggedText> rows) {
    return EmbeddingSource.englishFor(
            rows.stream().map(row -> String.join(" ", row.words())).toList())
        .isPresent();
  }

  private static boolean markSpans(List<TaggedText> rows) {
    return SpanLabels.areSpans(
        rows.stream().flatMap(row -> row.labels().stream()).collect(Collectors.toSet()));
  }

  /** Whether the labels mark spans, such as names, so that a CRF pays. */
  public boolean spans() {
    return spans;
  }

  /** Whether the zoo's English vectors know enough of the words. */
  public boolean english() {
    return english;
  }

  /** The network. */
  public SequenceTagging.Builder network() {
    return SequenceTagging.builder().recipe(recipe).englishVectors(english).crf(spans);
  }

  /** The training. */
  public TrainingOptions.Builder training() {
    return TrainingOptions.builder().recipe(recipe);
  }
}
