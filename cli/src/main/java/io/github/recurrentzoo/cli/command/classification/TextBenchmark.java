package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.datasets.LanguageNames;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.List;
import java.util.stream.Collectors;

/** Labelled texts of the zoo's own. */
final class TextBenchmark implements BenchmarkData<TextClassification.Builder, TextClassifier> {

  private final String shortTitle;
  private final String title;
  private final StratifiedSplit split;

  private TextBenchmark(String shortTitle, String title, List<LabeledText> rows, long seed) {
    this.shortTitle = shortTitle;
    this.title = title;
    split = StratifiedSplit.split(rows, TrainTextClassifier.TEST_FRACTION, seed);
  }

  /** The definitions of WordNet's nouns and their classes. */
  static TextBenchmark wordNet(long seed) {
    return new TextBenchmark("WordNet", "WordNet's definitions", WordNetDefinitions.read(), seed);
  }

  /** Names of languages, countries and currencies in 48 languages. */
  static TextBenchmark languages(long seed) {
    return new TextBenchmark("languages", "languages of names", LanguageNames.read(), seed);
  }

  StratifiedSplit split() {
    return split;
  }

  @Override
  public String title() {
    return "text classification, " + title;
  }

  @Override
  public String shortTitle() {
    return shortTitle;
  }

  @Override
  public PipelineType<TextClassifier> type() {
    return TextClassifier.TYPE;
  }

  @Override
  public TextClassification.Builder network() {
    return TextClassification.builder();
  }

  @Override
  public TextClassification.Builder sized(TextClassification.Builder network) {
    return network.classes(
        (int) split.training().stream().map(LabeledText::label).distinct().count());
  }

  @Override
  public TextClassifier train(
      TextClassification.Builder network, TrainingOptions training, TrainingRun run) {
    return TextClassifier.train(split.training(), network.build(), training, run);
  }

  @Override
  public String measure() {
    return "accuracy";
  }

  @Override
  public double score(TextClassifier model) {
    return model.evaluate(split.test()).accuracy();
  }

  /** That of the most frequent class. */
  @Override
  public double chance() {
    return split.test().stream()
            .collect(Collectors.groupingBy(LabeledText::label, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow()
        / (double) split.test().size();
  }

  @Override
  public List<Metric> metrics(TextClassifier model) {
    ClassificationReport report = model.evaluate(split.test());
    return List.of(
        new Metric(measure(), report.accuracy()), new Metric("macro F1", report.macroF1()));
  }
}
