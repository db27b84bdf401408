package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.util.List;

/** Fits a pretrained classifier of nouns to the verbs of WordNet, of which it sees one in ten. */
public final class FineTuneTextClassifier {
  private FineTuneTextClassifier() {}

  public static void main(String[] args) {
    TextClassifier nouns = TextClassifier.pretrained("wordnet-lstm");
    TextClassifier verbs = run(nouns, WordNetDefinitions.readVerbs(), 40, System.out);
    System.out.println(verbs.predict("move quickly on foot").label());
  }

  static TextClassifier run(
      TextClassifier pretrained, List<LabeledText> rows, int epochs, PrintStream out) {
    StratifiedSplit split = StratifiedSplit.split(rows, 0.9, 42);
    FineTuneOptions options =
        FineTuneOptions.builder()
            .learningRate(0.001)
            .headFactor(10) // the output layer is new, so it learns faster than the rest
            .training(TrainingOptions.builder().epochs(epochs).patience(5).build())
            .build();
    TextClassifier tuned =
        pretrained.fineTune(split.training(), options, TrainingRun.of(ConsoleProgress.on(out)));
    out.println(tuned.provenance().origin().mapping());
    out.println(tuned.evaluate(split.test()));
    return tuned;
  }
}
