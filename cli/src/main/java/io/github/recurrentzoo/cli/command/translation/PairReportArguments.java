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
      names = "--beam-size",
      paramLabel = "K",
      defaultValue = "1",
      description = "Width of the beam search in the evaluation; 1 is greedy " + DEFAULT + ".")
  int beam;

  @Option(
      names = "--max-test-pairs",
      paramLabel = "N",
      defaultValue = "" + TEST_PAIRS,
      description = "Maximum size of the test set " + DEFAULT + ".")
  int testPairs = TEST_PAIRS;

  /** The options of a run without arguments. */
  public PairReportArguments() {}

  /** Refuses numbers that cannot be. */
  void check() {
    TrainingChecks.range("--beam-size", beam, 1, 1000);
    TrainingChecks.range("--max-test-pairs", testPairs, 1, 10_000_000);
  }

  public DecodingOptions decoding() {
    return DecodingOptions.beam(beam);
  }

  /** The pairs for the report. */
  public List<TextPair> test(PairSplit split) {
    return split.test().subList(0, Math.min(testPairs, split.test().size()));
  }
}
