package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.command.classification.TrainTextClassifier;
import io.github.recurrentzoo.cli.command.classification.TrainTextClassifierOptions;
import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.List;
import java.util.stream.Collectors;

/** The classes of WordNet's definitions. */
final class TextContest extends PipelineContest<TextClassification.Builder> {

  private final StratifiedSplit split;
  private final int classes;

  TextContest(CompareArchitecturesOptions options) {
    super(options);
    List<LabeledText> rows = WordNetDefinitions.read();
    this.split =
        StratifiedSplit.split(rows, TrainTextClassifier.TEST_FRACTION, options.training.seed);
    this.classes = (int) rows.stream().map(LabeledText::label).distinct().count();
  }

  @Override
  public String title() {
    return "text classification, WordNet's definitions";
  }

  @Override
  public String shortTitle() {
    return "WordNet";
  }

  @Override
  public String measure() {
    return "accuracy";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  /** That of the most frequent class. */
  @Override
  public double chance() {
    long most =
        split.test().stream()
            .collect(Collectors.groupingBy(LabeledText::label, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow();
    return most / (double) split.test().size();
  }

  @Override
  TextClassification.Builder entry() {
    return CommandLineProgram.parsed(new TrainTextClassifierOptions())
        .architecture()
        .classes(classes);
  }

  @Override
  Outcome train(TextClassification.Builder entry, TrainingOptions training) {
    TextClassifier classifier = TextClassifier.train(split.training(), entry.build(), training);
    return new Outcome(
        classifier.evaluate(split.test()).accuracy(),
        classifier.provenance().validationLoss(),
        classifier.parameters());
  }
}
