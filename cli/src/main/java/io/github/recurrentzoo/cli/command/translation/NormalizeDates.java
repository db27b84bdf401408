package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.datasets.WrittenDates;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.io.PrintStream;
import java.util.List;

/** Trains a network that makes ISO dates of dates in words, or on pairs of the user's. */
public final class NormalizeDates {

  private static final double TEST_FRACTION = 0.1;

  /** Ways to write a date that none of the locales has. */
  private static final List<String> NEW_DATES =
      List.of(
          "Saturday 12 March 2022",
          "12.März 2022",
          "den 12 mars 2022",
          "sábado 12 marzo 2022",
          "2022 年 3 月 12 日");

  private NormalizeDates() {}

  /**
   * Trains, reports, saves and asks.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return translator, report and file
   */
  public static PairsExample.Result run(NormalizeDatesOptions options, PrintStream out) {
    SequenceToSequence.Builder architecture = options.architecture();
    options.check();
    return new PairsExample("dates", NEW_DATES)
        .run(options, architecture, parts(options, out), out);
  }

  /** Dates by what they mean, so that no date of the report was seen in any locale. */
  private static PairParts parts(NormalizeDatesOptions options, PrintStream out) {
    if (options.pairs.data != null) {
      return options.parts(out);
    }
    out.printf(
        "Writing all dates from %d to %d in %d of %d ways each.%n",
        options.fromYear, options.toYear, options.ways, WrittenDates.ways());
    return PairParts.of(ownData(options));
  }

  public static PairSplit ownData(NormalizeDatesOptions options) {
    return ownData(
        options.fromYear,
        options.toYear,
        options.ways,
        options.split.testSplit,
        options.training.seed);
  }

  /** Pairs and split of a run without options. */
  public static PairSplit defaultData(long seed) {
    return ownData(
        NormalizeDatesOptions.FROM_YEAR,
        NormalizeDatesOptions.TO_YEAR,
        NormalizeDatesOptions.WAYS,
        TEST_FRACTION,
        seed);
  }

  private static PairSplit ownData(int fromYear, int toYear, int ways, double test, long seed) {
    List<TextPair> pairs = WrittenDates.of(fromYear, toYear, ways, seed);
    return PairSplit.byTarget(pairs, test, seed);
  }
}
