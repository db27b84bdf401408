package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.util.List;
import java.util.function.Function;

/** Dates to ISO, or words to sounds. */
final class PairsBenchmark
    implements BenchmarkData<SequenceToSequence.Builder, SequenceTranslator> {

  private final String what;
  private final String shortTitle;
  private final boolean errors;
  private final PairSplit split;
  private final int sourceSymbols;
  private final int targetSymbols;

  /**
   * Either data set.
   *
   * @param what is turned into what
   * @param errors whether the metrics of a preset count errors, as is usual for words and phones
   */
  private PairsBenchmark(
      String what, String shortTitle, boolean errors, SymbolUnit targetUnit, PairSplit split) {
    this.what = what;
    this.shortTitle = shortTitle;
    this.errors = errors;
    this.split = split;
    sourceSymbols = symbols(TextPair::source, SymbolUnit.CHARACTERS);
    targetSymbols = symbols(TextPair::target, targetUnit);
  }

  static PairsBenchmark dates(long seed) {
    return new PairsBenchmark(
        "dates in words to ISO",
        "dates",
        false,
        SymbolUnit.CHARACTERS,
        NormalizeDates.defaultData(seed));
  }

  static PairsBenchmark pronunciation(long seed) {
    return new PairsBenchmark(
        "English words to sounds",
        "pronunciation",
        true,
        SymbolUnit.TOKENS,
        PronounceWords.defaultData(seed));
  }

  /** The size of the vocabulary that a translator would make, so that its network is known. */
  private int symbols(Function<TextPair, String> side, SymbolUnit unit) {
    int most = network().build().sourceVocabularySize();
    return SymbolVocabulary.of(split.training().stream().map(side).toList(), unit, most).size();
  }

  @Override
  public String title() {
    return "sequence to sequence, " + what;
  }

  @Override
  public String shortTitle() {
    return shortTitle;
  }

  @Override
  public PipelineType<SequenceTranslator> type() {
    return SequenceTranslator.TYPE;
  }

  @Override
  public SequenceToSequence.Builder network() {
    return SequenceToSequence.builder();
  }

  @Override
  public SequenceToSequence.Builder sized(SequenceToSequence.Builder network) {
    return network.sourceVocabularySize(sourceSymbols).targetVocabularySize(targetSymbols);
  }

  @Override
  public SequenceTranslator train(
      SequenceToSequence.Builder network, TrainingOptions training, TrainingRun run) {
    return SequenceTranslator.train(split.training(), network.build(), training, run);
  }

  @Override
  public String measure() {
    return "exact match";
  }

  @Override
  public double score(SequenceTranslator model) {
    return report(model).exactMatch();
  }

  private TranslationReport report(SequenceTranslator model) {
    return model.evaluate(new PairReportArguments().test(split), DecodingOptions.GREEDY);
  }

  @Override
  public List<Metric> metrics(SequenceTranslator model) {
    TranslationReport report = report(model);
    return errors
        ? List.of(
            new Metric("word error rate", 1 - report.exactMatch()),
            new Metric("phone error rate", report.symbolErrorRate()))
        : List.of(
            new Metric(measure(), report.exactMatch()),
            new Metric("symbol error rate", report.symbolErrorRate()));
  }
}
