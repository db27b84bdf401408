package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows to train a classifier on, with what is said about them.
 *
 * <pre>{@code
 * TextClassifier.train(
 *     LabeledRows.of(rows).validatedBy(others).weighted(ClassWeights.BALANCED), network, training, run);
 * }</pre>
 *
 * @param rows to learn from
 * @param validation rows that choose the best epoch, none of which is learned from; if there is no
 *     such list, a part of the rows is drawn for that, and if it is empty, all epochs are trained
 *     and the weights of the last one stay
 * @param weights of the labels in the loss
 */
public record LabeledRows(
    List<LabeledText> rows, Optional<List<LabeledText>> validation, ClassWeights weights) {

  /** Rows of which a part validates, all with the same weight. */
  public static LabeledRows of(List<LabeledText> rows) {
    return new LabeledRows(rows, Optional.empty(), ClassWeights.NONE);
  }

  /** The same with validation rows of one's own. */
  public LabeledRows validatedBy(List<LabeledText> others) {
    return new LabeledRows(rows, Optional.of(others), weights);
  }

  /** The same without validation rows. */
  public LabeledRows withoutValidation() {
    return validatedBy(List.of());
  }

  /** The same with these weights. */
  public LabeledRows weighted(ClassWeights others) {
    return new LabeledRows(rows, validation, others);
  }

  /** All rows, those to learn from first. */
  List<LabeledText> all() {
    return Stream.concat(rows.stream(), validation.stream().flatMap(List::stream)).toList();
  }

  /** The rows to learn from, and as test part those that validate. */
  StratifiedSplit split(TrainingOptions training) {
    if (validation.isEmpty()) {
      return StratifiedSplit.split(
          rows, training.validationSplit(), training.seed(), RareLabels.KEEP);
    }
    Set<String> learned = rows.stream().map(LabeledText::label).collect(Collectors.toSet());
    validation.get().stream()
        .map(LabeledText::label)
        .filter(label -> !learned.contains(label))
        .findFirst()
        .ifPresent(
            label -> {
              throw new DataException(
                  "A validation row has the label \"%s\", of which there is no row to learn from. Add rows of this label to the training data, or remove it from the validation data."
                      .formatted(label));
            });
    return new StratifiedSplit(rows, validation.get(), Map.of());
  }
}
