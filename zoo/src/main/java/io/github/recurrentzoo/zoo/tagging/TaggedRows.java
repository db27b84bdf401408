package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;
import java.util.Optional;

/**
 * Sentences to train a tagger on, with what is said about them.
 *
 * <pre>{@code
 * SequenceTagger.train(
 *     TaggedRows.of(rows).validatedBy(others).weighted(ClassWeights.BALANCED), network, training, run);
 * }</pre>
 *
 * @param rows to learn from
 * @param validation sentences that choose the best epoch, none of which is learned from; if there
 *     is no such list, a part of the rows is drawn for that, and if it is empty, all epochs are
 *     trained and the weights of the last one stay
 * @param weights of the labels in the loss of a word; not for a CRF, whose loss is that of a whole
 *     sentence
 */
public record TaggedRows(
    List<TaggedText> rows, Optional<List<TaggedText>> validation, ClassWeights weights) {

  /** Sentences of which a part validates, all labels with the same weight. */
  public static TaggedRows of(List<TaggedText> rows) {
    return new TaggedRows(rows, Optional.empty(), ClassWeights.NONE);
  }

  /** The same with validation sentences of one's own. */
  public TaggedRows validatedBy(List<TaggedText> others) {
    return new TaggedRows(rows, Optional.of(others), weights);
  }

  /** The same with these weights. */
  public TaggedRows weighted(ClassWeights others) {
    return new TaggedRows(rows, validation, others);
  }

  /** Those to learn from, and those that validate. */
  TaggedSplit split(TrainingOptions training) {
    return validation.isPresent()
        ? TaggedSplit.given(rows, validation.get())
        : TaggedSplit.drawn(rows, training);
  }
}
