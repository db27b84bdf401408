package io.github.recurrentzoo.cli.command.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneTextClassifierTest {

  @TempDir Path folder;

  private static Run tune(String... args) {
    return Run.command("fine-tune text", args);
  }

  @Tag("learning")
  @Test
  void aPresetLearnsTheRowsOfAFile() throws IOException {
    Path data = TrainAndPredictTest.rows(folder.resolve("films.csv"));
    Run run =
        tune(
            "--data",
            data.toString(),
            "--output",
            folder.toString(),
            "--learning-rate",
            "0.01",
            "--seed",
            Run.SEED);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("Fine-tuning wordnet-lstm on 72 rows; 8 more"), run.out());
    assertTrue(run.out().contains("labels: 0 kept, 2 new (gut, schlecht), 14 dropped"), run.out());
    assertTrue(run.out().contains("accuracy  1.0000"), run.out());
    TextClassifier tuned = TextClassifier.load(folder.resolve("model.zip"));
    assertEquals("gut", tuned.predict("a fine film").label());
    assertTrue(Files.exists(folder.resolve("report.html")));
  }

  /** Where the texts are English and no label is the model's, training anew is better. */
  @Test
  void trainingIsAdvisedWhereThePresetSaysLittle() throws IOException {
    String advice = "wordnet-lstm has none of these labels. train text";
    assertTrue(tuned("good", "bad").out().contains(advice));
    assertFalse(tuned("animal", "bad").out().contains(advice));
  }

  private Run tuned(String first, String second) throws IOException {
    Path data = folder.resolve(first + ".csv");
    StringBuilder rows = new StringBuilder("review,stars\n");
    for (int i = 0; i < 10; i++) {
      rows.append("a small dog in the house,").append(first).append('\n');
      rows.append("they went to the city,").append(second).append('\n');
    }
    Files.writeString(data, rows);
    Run run =
        tune(
            "--data",
            data.toString(),
            "--text-column",
            "review",
            "--label-column",
            "stars",
            "--epochs",
            "1",
            "--output",
            folder.resolve(first).toString());
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  @Test
  void verbsAreLearnedFromFewExamplesBesideANetworkFromNothing() {
    Run run =
        tune(
            "--examples-per-class",
            "4",
            "--seeds",
            "2",
            "--epochs",
            "2",
            "--output",
            folder.toString());
    assertEquals("", run.err());
    assertTrue(run.out().lines().anyMatch(line -> line.startsWith("43 ")), run.out());
    assertTrue(run.out().lines().anyMatch(line -> line.startsWith("mean ")), run.out());
    assertEquals(15, TextClassifier.load(folder.resolve("model.zip")).labels().size());
  }

  @Test
  void optionsThatWouldDoNothingAreRefused() {
    refused("apply to a file only", "--label-column", "stars");
    refused("--seeds has no meaning with --data", "--data", "a.csv", "--seeds", "3");
    refused("--resume has no meaning for a comparison", "--resume");
  }

  private static void refused(String message, String... args) {
    Run run = tune(args);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void meanAndStandardDeviation() {
    assertEquals("2.0000 ± 1.0000", FewExamples.spread(new double[] {1, 2, 3}));
  }
}
