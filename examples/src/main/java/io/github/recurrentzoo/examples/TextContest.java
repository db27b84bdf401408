package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.examples.Comparison.Architecture;
import io.github.recurrentzoo.examples.Comparison.Contest;
import io.github.recurrentzoo.examples.Comparison.Contestant;
import io.github.recurrentzoo.examples.Comparison.Outcome;
import io.github.recurrentzoo.zoo.TextClassification;
import io.github.recurrentzoo.zoo.TextClassifier;
import io.github.recurrentzoo.zoo.TrainingProgress;
import io.github.recurrentzoo.zoo.data.LabeledText;
import io.github.recurrentzoo.zoo.data.StratifiedSplit;
import java.util.List;
import java.util.stream.Collectors;

/** The classes of WordNet's definitions. */
final class TextContest implements Contest {

  private final CompareArchitecturesOptions options;
  private final StratifiedSplit split;
  private final int classes;

  TextContest(CompareArchitecturesOptions options) {
    this.options = options;
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
  public long parameters(Architecture architecture, int hiddenSize) {
    return builder(architecture, hiddenSize).classes(classes).build().parameters();
  }

  private TextClassification.Builder builder(Architecture architecture, int hiddenSize) {
    TrainTextClassifierOptions own = new TrainTextClassifierOptions();
    CommandLineProgram.parser(own).parseArgs();
    return architecture.apply(options.network.applyShape(own.architecture()), hiddenSize);
  }

  @Override
  public Outcome train(Contestant contestant) {
    TextClassifier classifier =
        TextClassifier.train(
            split.training(),
            options.training.apply(
                builder(contestant.architecture(), contestant.hiddenSize()),
                contestant.learningRate(),
                contestant.seed()),
            options.training.options(contestant.seed()),
            TrainingProgress.SILENT);
    return new Outcome(
        classifier.evaluate(split.test()).accuracy(), classifier.provenance().validationLoss());
  }
}
