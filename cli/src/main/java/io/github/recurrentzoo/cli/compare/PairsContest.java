package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.command.translation.NormalizeDates;
import io.github.recurrentzoo.cli.command.translation.NormalizeDatesOptions;
import io.github.recurrentzoo.cli.command.translation.PairsArguments;
import io.github.recurrentzoo.cli.command.translation.PronounceWords;
import io.github.recurrentzoo.cli.command.translation.PronounceWordsOptions;
import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.util.stream.Stream;

/** Dates to ISO, or words to sounds. */
final class PairsContest extends PipelineContest<SequenceToSequence.Builder> {

  private final String title;
  private final String shortTitle;
  private final PairsArguments own;
  private final PairSplit split;
  private final int sourceSymbols;
  private final int targetSymbols;

  private PairsContest(
      String title,
      String shortTitle,
      PairsArguments own,
      PairSplit split,
      CompareArchitecturesOptions options) {
    super(options);
    this.title = title;
    this.shortTitle = shortTitle;
    this.own = own;
    this.split = split;
    this.sourceSymbols = symbols(split.training().stream().map(TextPair::source), own.sourceUnit);
    this.targetSymbols = symbols(split.training().stream().map(TextPair::target), own.targetUnit);
  }

  /** The size of the vocabulary that a translator would make, so that its network is known. */
  private int symbols(Stream<String> texts, SymbolUnit unit) {
    return SymbolVocabulary.of(texts.toList(), unit, own.vocabularySize).size();
  }

  static PairsContest dates(CompareArchitecturesOptions options) {
    NormalizeDatesOptions own = CommandLineProgram.parsed(new NormalizeDatesOptions());
    own.training.seed = options.training.seed;
    return new PairsContest(
        "sequence to sequence, dates in words to ISO",
        "dates",
        own,
        NormalizeDates.ownData(own),
        options);
  }

  static PairsContest pronunciation(CompareArchitecturesOptions options) {
    PronounceWordsOptions own = CommandLineProgram.parsed(new PronounceWordsOptions());
    own.training.seed = options.training.seed;
    return new PairsContest(
        "sequence to sequence, English words to sounds",
        "pronunciation",
        own,
        PronounceWords.ownData(own),
        options);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String shortTitle() {
    return shortTitle;
  }

  @Override
  public String measure() {
    return "exact match";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  SequenceToSequence.Builder entry() {
    return own.architecture()
        .sourceVocabularySize(sourceSymbols)
        .targetVocabularySize(targetSymbols);
  }

  @Override
  Outcome train(SequenceToSequence.Builder entry, TrainingOptions training) {
    SequenceTranslator translator =
        SequenceTranslator.train(split.training(), entry.build(), training);
    return new Outcome(
        translator.evaluate(own.evaluation.test(split), own.evaluation.decoding()).exactMatch(),
        translator.provenance().validationLoss(),
        translator.parameters());
  }
}
