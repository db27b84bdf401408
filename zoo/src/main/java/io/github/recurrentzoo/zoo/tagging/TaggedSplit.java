package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Sentences to learn from, and sentences that choose the best epoch.
 *
 * @param training those to learn from
 * @param validation those that validate; there may be none
 * @param all as they were given: both drawn from one list, or one list behind the other
 * @param isGiven whether the validation rows were given apart
 */
record TaggedSplit(
    List<TaggedText> training, List<TaggedText> validation, List<TaggedText> all, boolean isGiven) {

  /** Draws the validation rows by the seed. */
  static TaggedSplit drawn(List<TaggedText> rows, TrainingOptions options) {
    if (rows.size() < 2) {
      throw new DataException(
          "There %s to learn from; expected two sentences at least, one to learn from and one to validate with."
              .formatted(rows.isEmpty() ? "are no sentences" : "is one sentence"));
    }
    List<TaggedText> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(options.seed()));
    int kept = (int) Math.round(rows.size() * options.validationSplit());
    kept = Math.max(1, Math.min(rows.size() - 1, kept));
    return checked(
        new TaggedSplit(
            shuffled.subList(kept, shuffled.size()), shuffled.subList(0, kept), rows, false));
  }

  /** With validation rows of one's own, or none. */
  static TaggedSplit given(List<TaggedText> rows, List<TaggedText> validation) {
    if (rows.isEmpty()) {
      throw new DataException("There are no sentences to learn from; expected one at least.");
    }
    List<TaggedText> all = new ArrayList<>(rows);
    all.addAll(validation);
    return checked(new TaggedSplit(rows, validation, all, true));
  }

  private static TaggedSplit checked(TaggedSplit rows) {
    List<String> labels = rows.labels();
    if (labels.size() < 2) {
      throw new DataException(
          "All words have the label \"%s\"; a tagger needs two labels at least. Add sentences with another label, and check that the right column was taken for the labels."
              .formatted(labels.get(0)));
    }
    return rows;
  }

  /** The labels that can be learned, in alphabetical order. */
  List<String> labels() {
    TreeSet<String> labels = new TreeSet<>();
    (isGiven ? training : all).forEach(row -> labels.addAll(row.labels()));
    return List.copyOf(labels);
  }
}
