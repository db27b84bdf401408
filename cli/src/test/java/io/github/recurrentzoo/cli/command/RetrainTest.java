package io.github.recurrentzoo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainTest {

  @TempDir Path folder;

  @Test
  void aSecondTrainingThatEndsEarlyLeavesTheModelThatWasEvaluated() {
    TextClassifier evaluated = TextClassifier.pretrained("wordnet-simple-rnn");
    ModelTraining training =
        new ModelTraining(
            new TrainingArguments(),
            new OutputArguments(),
            new ConsoleArguments(),
            folder,
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    SplitArguments split = new SplitArguments();
    split.retrain = true;
    assertThrows(
        IllegalStateException.class,
        () ->
            training.<TextClassifier>toSave(
                evaluated,
                split,
                "2 rows",
                (epochs, run) -> {
                  throw new IllegalStateException("interrupted");
                }));
    assertEquals(
        evaluated.provenance(), TextClassifier.load(folder.resolve("model.zip")).provenance());
  }
}
