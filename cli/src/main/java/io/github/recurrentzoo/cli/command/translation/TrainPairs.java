package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.io.PrintStream;
import java.util.List;

/** Trains a network that turns sequences into others, on pairs of the user's. */
public final class TrainPairs {

  private TrainPairs() {}

  /**
   * Trains, reports, saves and asks.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return translator, report and file
   */
  public static PairsExample.Result run(TrainPairsOptions options, PrintStream out) {
    options.pairs.requireData();
    SequenceToSequence.Builder architecture = options.architecture();
    return new PairsExample("pairs", List.of()).run(options, architecture, options.parts(out), out);
  }
}
