package io.github.recurrentzoo.cli.command.tagging;

import io.github.recurrentzoo.datasets.BrownCorpus;
import io.github.recurrentzoo.datasets.Pronunciations;
import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TaggedRows;
import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Sentences to learn from, and those for the report.
 *
 * @param training those to learn from
 * @param validation sentences of the user's for validation
 * @param test those for the report
 * @param weights of the labels
 */
record TaggedParts(
    List<TaggedText> training,
    Optional<List<TaggedText>> validation,
    List<TaggedText> test,
    ClassWeights weights) {

  private static final double TEST_FRACTION = 0.1;

  /** The Brown corpus as with default options. */
  static TaggedParts brown(long seed) {
    return brown(TEST_FRACTION, seed);
  }

  /** The Brown corpus, of which whole texts are kept for the report. */
  static TaggedParts brown(double fraction, long seed) {
    BrownCorpus.Split split = BrownCorpus.split(BrownCorpus.read(), fraction, seed);
    return new TaggedParts(split.training(), Optional.empty(), split.test(), ClassWeights.NONE);
  }

  /** The syllables of English words. */
  static TaggedParts syllables(long seed) {
    return drawn(
        Pronunciations.syllables(), Optional.empty(), TEST_FRACTION, seed, ClassWeights.NONE);
  }

  /** Draws those for the report. */
  static TaggedParts drawn(
      List<TaggedText> rows,
      Optional<List<TaggedText>> validation,
      double fraction,
      long seed,
      ClassWeights weights) {
    List<TaggedText> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    int kept = (int) Math.max(1, Math.min(rows.size() - 1, Math.round(rows.size() * fraction)));
    return new TaggedParts(
        shuffled.subList(kept, shuffled.size()), validation, shuffled.subList(0, kept), weights);
  }

  /** All sentences to learn from when the figures are known. */
  TaggedParts all() {
    List<TaggedText> all = new ArrayList<>(training);
    validation.ifPresent(all::addAll);
    all.addAll(test);
    return new TaggedParts(all, Optional.of(List.of()), test, weights);
  }

  SequenceTagger train(SequenceTagging network, TrainingOptions options, TrainingRun run) {
    return SequenceTagger.train(rows(), network, options, run);
  }

  SequenceTagger fineTune(SequenceTagger model, FineTuneOptions options, TrainingRun run) {
    return model.fineTune(rows(), options, run);
  }

  private TaggedRows rows() {
    return new TaggedRows(training, validation, weights);
  }
}
