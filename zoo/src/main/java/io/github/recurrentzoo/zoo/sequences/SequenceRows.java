package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Sequences to learn from, and sequences that choose the best epoch.
 *
 * @param training those to learn from
 * @param validation those that validate; there may be none
 * @param all as they were given: both drawn from one list, or one list behind the other
 * @param isGiven whether the validation rows were given apart
 */
record SequenceRows(
    List<LabeledSequence> training,
    List<LabeledSequence> validation,
    List<LabeledSequence> all,
    boolean isGiven) {

  /** Draws the validation rows by the seed. */
  static SequenceRows drawn(List<LabeledSequence> rows, TrainingOptions options) {
    check(rows, rows);
    SequenceSplit split = SequenceSplit.drawn(rows, options.validationSplit(), options.seed());
    return new SequenceRows(split.training(), split.test(), rows, false);
  }

  /** With validation rows of one's own, or none. */
  static SequenceRows given(List<LabeledSequence> rows, List<LabeledSequence> validation) {
    List<LabeledSequence> all = Stream.of(rows, validation).flatMap(List::stream).toList();
    check(rows, all);
    return new SequenceRows(rows, validation, all, true);
  }

  private static void check(List<LabeledSequence> rows, List<LabeledSequence> all) {
    if (rows.isEmpty()) {
      throw new DataException(
          "There are no sequences to learn from; expected two of each of two labels at least.");
    }
    for (int i = 0; i < all.size(); i++) {
      LabeledSequence row = all.get(i);
      if (row.label().isEmpty()) {
        throw new DataException(
            "Sequence %d%s has no label; expected the class that it is of."
                .formatted(i + 1, LabeledSequence.quoted(row.id())));
      }
      if (row.width() != rows.get(0).width()) {
        throw new DataException(
            "Sequence %d%s has %d channels, but the first one has %d; expected the same channels in each. Correct it, or leave it out."
                .formatted(
                    i + 1, LabeledSequence.quoted(row.id()), row.width(), rows.get(0).width()));
      }
    }
    List<String> labels = labels(rows);
    if (labels.size() < 2) {
      throw new DataException(
          "All %d sequences have the label \"%s\"; a classifier needs two labels at least. Add sequences of another label, and check that the right column was taken for the labels."
              .formatted(rows.size(), labels.get(0)));
    }
  }

  /** The labels that can be learned, in alphabetical order. */
  List<String> labels() {
    return labels(isGiven ? training : all);
  }

  private static List<String> labels(List<LabeledSequence> rows) {
    TreeSet<String> labels = new TreeSet<>();
    rows.forEach(row -> labels.add(row.label()));
    return List.copyOf(labels);
  }

  /** A number that tells the groups of the rows, which the draw depends on; null without groups. */
  Integer groups() {
    return all.stream().allMatch(row -> row.group().isEmpty())
        ? null
        : (Integer) all.stream().map(row -> row.group().orElse("")).toList().hashCode();
  }

  /** Whether a value is missing. */
  boolean hasMissing() {
    return all.stream().anyMatch(LabeledSequence::hasMissing);
  }

  RowDigest digest() {
    RowDigest digest = new RowDigest();
    parts(all).forEach(digest::add);
    return digest;
  }

  /** What the digest of rows is made of: of each sequence its label and the bits of its values. */
  static List<String> parts(List<LabeledSequence> rows) {
    List<String> parts = new ArrayList<>(2 * rows.size());
    for (LabeledSequence row : rows) {
      parts.add(row.label());
      StringBuilder values = new StringBuilder();
      for (double[] channel : row.values()) {
        for (double value : channel) {
          values.append(Long.toHexString(Double.doubleToLongBits(value))).append(' ');
        }
        values.append(';');
      }
      parts.add(values.toString());
    }
    return parts;
  }
}
