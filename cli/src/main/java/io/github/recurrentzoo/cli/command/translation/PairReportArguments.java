package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the command line that say how a model of pairs is tested. */
public final class PairReportArguments {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  private static final int TEST_PAIRS = 10_000;

  @Option(
      names = "--beam",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Outputs to follow at a time when the report is made; 1 is greedy " + DEFAULT + ".")
  int beam;

  @Option(
      names = "--test-pairs",
      paramLabel = "N",
      defaultValue = "" + TEST_PAIRS,
      description = "At most so many pairs are kept for the report " + DEFAULT + ".")
  int testPairs = TEST_PAIRS;

  /** The options of a run without arguments. */
  public PairReportArguments() {}

  /** Refuses numbers that cannot be. */
  void check() {
    TrainingChecks.range("--beam", beam, 1, 1000);
    TrainingChecks.range("--test-pairs", testPairs, 1, 10_000_000);
  }

  public DecodingOptions decoding() {
    return DecodingOptions.beam(beam);
  }

  /** The pairs for the report. */
  public List<TextPair> test(PairSplit split) {
    return split.test().subList(0, Math.min(testPairs, split.test().size()));
  }
}
