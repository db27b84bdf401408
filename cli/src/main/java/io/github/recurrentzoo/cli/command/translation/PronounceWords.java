package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.datasets.Pronunciations;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Trains a network that pronounces English words, or on pairs of the user's. */
public final class PronounceWords {

  static final double TEST_FRACTION = 0.1;

  /** Words that are not in the lexicon. */
  private static final List<String> NEW_WORDS =
      List.of("blog", "covfefe", "hashtag", "quokka", "selfie", "unfriended");

  private PronounceWords() {}

  /**
   * Trains, reports, saves and asks.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return translator, report and file
   */
  public static PairsExample.Result run(PronounceWordsOptions options, PrintStream out) {
    SequenceToSequence.Builder architecture = options.architecture();
    return new PairsExample("words", NEW_WORDS)
        .run(options, architecture, parts(options, out), out);
  }

  private static PairParts parts(PronounceWordsOptions options, PrintStream out) {
    if (options.pairs.data != null) {
      options.console.refuse(
          "with --data, which brings its own pairs", "--words", "--stress-marks");
      return options.parts(out);
    }
    TrainingChecks.range("--words", options.words, 20, PronounceWordsOptions.WORDS);
    out.println("Reading the pronunciation lexicon.");
    return PairParts.of(ownData(options));
  }

  public static PairSplit ownData(PronounceWordsOptions options) {
    return ownData(options.words, options.marks, options.split.testSplit, options.training.seed);
  }

  /** Pairs and split of a run without options. */
  public static PairSplit defaultData(long seed) {
    return ownData(PronounceWordsOptions.WORDS, false, TEST_FRACTION, seed);
  }

  private static PairSplit ownData(int words, boolean marks, double test, long seed) {
    List<TextPair> pairs = new ArrayList<>(Pronunciations.read(marks));
    Collections.shuffle(pairs, new Random(seed));
    return PairSplit.bySource(pairs.subList(0, Math.min(words, pairs.size())), test, seed);
  }
}
