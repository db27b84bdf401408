package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.zoo.classification.LabeledRows;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.data.ClassWeights;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a training.
 *
 * @param training to learn from; a part of them validates where there are no rows for that
 * @param validation rows of the user's
 * @param test for the report
 * @param weights of the labels
 */
record TextParts(
    List<LabeledText> training,
    Optional<List<LabeledText>> validation,
    List<LabeledText> test,
    ClassWeights weights) {

  /**
   * What the model that is evaluated learns from.
   *
   * @param all whether no row of these validates
   */
  LabeledRows learned(boolean all) {
    LabeledRows rows = new LabeledRows(training, validation, weights);
    return all ? rows.withoutValidation() : rows;
  }

  /** All rows, of which none validates. */
  LabeledRows all() {
    List<LabeledText> all =
        Stream.of(training, validation.orElse(List.of()), test).flatMap(List::stream).toList();
    return LabeledRows.of(all).withoutValidation().weighted(weights);
  }
}
