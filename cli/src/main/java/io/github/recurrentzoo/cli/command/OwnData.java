package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.command.classification.TrainTextClassifier;
import io.github.recurrentzoo.cli.command.generation.GenerateText;
import io.github.recurrentzoo.cli.command.translation.NormalizeDates;
import io.github.recurrentzoo.cli.command.translation.NormalizeDatesOptions;
import io.github.recurrentzoo.cli.command.translation.PronounceWords;
import io.github.recurrentzoo.cli.command.translation.PronounceWordsOptions;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.ForecastOptions;
import io.github.recurrentzoo.zoo.Provenance;
import io.github.recurrentzoo.zoo.data.LabeledText;
import io.github.recurrentzoo.zoo.data.PairSplit;
import io.github.recurrentzoo.zoo.data.StratifiedSplit;
import io.github.recurrentzoo.zoo.data.TextPair;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The part of the zoo's own data that was kept from a model's training. It is found by the digest
 * of the rows that the model was trained on, so that no row of the training is taken for a new one.
 */
final class OwnData {

  private OwnData() {}

  static List<LabeledText> texts(Provenance provenance, PrintStream out) {
    StratifiedSplit split =
        StratifiedSplit.split(
            WordNetDefinitions.read(), TrainTextClassifier.TEST_FRACTION, provenance.seed());
    if (provenance.isOf(
        split.training().stream().flatMap(row -> Stream.of(row.label(), row.text())))) {
      out.println("Reading the definitions of WordNet 3.1 that were kept from the training.");
      return split.test();
    }
    throw unknown("the definitions of WordNet");
  }

  static List<TextPair> pairs(Provenance provenance, PrintStream out) {
    String[] seed = {"--seed", Long.toString(provenance.seed())};
    List<Supplier<PairSplit>> splits =
        List.of(
            () -> NormalizeDates.ownData(parsed(new NormalizeDatesOptions(), seed)),
            () -> PronounceWords.ownData(parsed(new PronounceWordsOptions(), seed)),
            () ->
                PronounceWords.ownData(
                    parsed(new PronounceWordsOptions(), seed[0], seed[1], "--marks")));
    for (Supplier<PairSplit> candidate : splits) {
      PairSplit split = candidate.get();
      if (provenance.isOf(
          split.training().stream().flatMap(pair -> Stream.of(pair.source(), pair.target())))) {
        out.println("Reading the pairs that were kept from the training.");
        return split.test();
      }
    }
    throw unknown("the dates or the pronunciations");
  }

  static GenerateText.Split text(Provenance provenance, PrintStream out) {
    GenerateText.Split split = GenerateText.Split.ofDefinitions(provenance.seed(), out);
    if (provenance.isOf(split.documents().orElseThrow().stream())) {
      return split;
    }
    throw unknown("the definitions of WordNet");
  }

  /** The series that has a model's targets. */
  static SampleSeries.Name series(ForecastOptions what) {
    for (SampleSeries.Name name : SampleSeries.Name.values()) {
      if (SampleSeries.of(name).targets().equals(what.targets())) {
        return name;
      }
    }
    throw unknown("the weather of Seattle or the CO2 of Mauna Loa");
  }

  private static <O> O parsed(O options, String... args) {
    CommandLineProgram.parser(options, args).parseArgs(args);
    return options;
  }

  private static BadOptionException unknown(String own) {
    return new BadOptionException(
        "The model was not trained on %s as they come by default, so it is not known which rows are new to it. Give rows to evaluate it on with --data."
            .formatted(own));
  }
}
