package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pairs of a training.
 *
 * @param split to learn from, and for the report
 * @param validation pairs of the user's; without them a part of those to learn from validates
 */
record PairParts(PairSplit split, Optional<List<TextPair>> validation) {

  /** Those of the zoo's own data. */
  static PairParts of(PairSplit split) {
    return new PairParts(split, Optional.empty());
  }

  SequenceTranslator train(SequenceToSequence network, TrainingOptions training, TrainingRun run) {
    return validation.isEmpty()
        ? SequenceTranslator.train(split.training(), network, training, run)
        : SequenceTranslator.train(learned(), network, training, run);
  }

  SequenceTranslator fineTune(SequenceTranslator model, FineTuneOptions tuning, TrainingRun run) {
    return validation.isEmpty()
        ? model.fineTune(split.training(), tuning, run)
        : model.fineTune(learned(), tuning, run);
  }

  private PairSplit learned() {
    return new PairSplit(split.training(), validation.orElseThrow());
  }

  /** All pairs, of which none validates. */
  PairSplit all() {
    return new PairSplit(
        Stream.of(split.training(), validation.orElse(List.of()), split.test())
            .flatMap(List::stream)
            .toList(),
        List.of());
  }
}
