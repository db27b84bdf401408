package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;

/**
 * Options that are good for sentences of one's own: those of the recipe {@code tags}, with the
 * zoo's English word vectors if they know {@link EmbeddingSource#ENOUGH} of the words.
 */
public final class TaggingDefaults {
  private final Recipe recipe;
  private final boolean english;

  private TaggingDefaults(Recipe recipe, boolean english) {
    this.recipe = recipe;
    this.english = english;
  }

  /** Those for an LSTM. */
  public static TaggingDefaults of(List<TaggedText> rows) {
    return of(rows, Recurrence.LSTM);
  }

  /** Those for a network of that recurrence. */
  public static TaggingDefaults of(List<TaggedText> rows, Recurrence recurrence) {
    return new TaggingDefaults(SequenceTagging.recipe("tags", recurrence), isEnglish(rows));
  }

  private static boolean isEnglish(List<TaggedText> rows) {
    return EmbeddingSource.englishFor(
            rows.stream().map(row -> String.join(" ", row.words())).toList())
        .isPresent();
  }

  /** Whether the zoo's English vectors know enough of the words. */
  public boolean english() {
    return english;
  }

  /** The network. */
  public SequenceTagging.Builder network() {
    return SequenceTagging.builder().recipe(recipe).englishVectors(english);
  }

  /** The training. */
  public TrainingOptions.Builder training() {
    return TrainingOptions.builder().recipe(recipe);
  }
}
