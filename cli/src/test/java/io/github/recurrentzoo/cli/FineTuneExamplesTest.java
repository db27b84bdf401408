package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FineTuneForecaster, FineTuneGenerator and FineTuneTranslator, with tiny models. */
class FineTuneExamplesTest {

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void models() throws IOException {
    TinyModels.forecaster(shared.resolve("waves"));
    TinyModels.generator(shared.resolve("cats"));
    TinyModels.translator(shared.resolve("upper"));
  }

  private Run run(String command) {
    String[] words = command.replace("@@", shared + "/").replace("@", folder + "/").split(" ", -1);
    String[] args = Arrays.copyOfRange(words, 1, words.length);
    return switch (words[0]) {
      case "forecast" -> Run.command("fine-tune forecast", args);
      case "generation" -> Run.command("fine-tune generation", args);
      case "pairs" -> Run.command("fine-tune pairs", args);
      default -> throw new IllegalArgumentException(command);
    };
  }

  private void series(String columns, double level, int rows, int days) throws IOException {
    Files.writeString(folder.resolve("s.csv"), TinyModels.waves(columns, level, rows, days));
  }

  private static void assertTuned(Run run) {
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
  }

  private void assertLeft(String output) throws IOException {
    for (String name : List.of("model.zip", "metrics.json", "report.html")) {
      assertTrue(Files.exists(folder.resolve(output).resolve(name)), name);
    }
    assertFalse(Files.exists(folder.resolve(output).resolve("checkpoint-last.zip")));
    assertTrue(
        Files.readString(folder.resolve(output).resolve("metrics.json"))
            .contains("\"fine-tuned from\""));
  }

  /** Before and after of a line of the table. */
  private static double[] figures(Run run, String name) {
    String line =
        run.out().lines().filter(l -> l.startsWith(name + " ")).reduce((a, b) -> b).orElseThrow();
    return Stream.of(line.substring(name.length()).strip().split(" +", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  @Tag("learning")
  @Test
  void aForecasterLearnsAnotherLevel() throws IOException {
    series("y,x", 50, 150, 1);
    Run run =
        run(
            "forecast --model @@waves --data @s.csv --time-column day --output @out --epochs 3"
                + " --seed "
                + Run.SEED);
    assertTuned(run);
    assertContains(
        run.out(), "The model forecasts y from a lookback of 8 rows, and reads x as well");
    assertContains(run.out(), "rows; 30 more rows are held out as test set.");
    assertContains(run.out(), "targets: 1 kept (y), 0 new, 0 dropped\n");
    double[] mae = figures(run, "y: MAE");
    assertTrue(mae[1] < mae[0] / 2, Arrays.toString(mae));
    assertContains(
        run.out(),
        "recurrent-zoo forecast --model %s --data %s --time-column day"
            .formatted(folder.resolve("out"), folder.resolve("s.csv")));
    assertLeft("out");
    assertTrue(Files.exists(folder.resolve("out/forecast.svg")));
    Run asked =
        Run.command(
            "forecast",
            "--model",
            folder.resolve("out").toString(),
            "--data",
            folder.resolve("s.csv").toString(),
            "--time-column",
            "day");
    assertContains(run.out(), asked.out().substring(asked.out().indexOf("\n") + 1).strip());
  }

  @Test
  void aForecasterTakesOtherColumnsAndFreezes() throws IOException {
    series("speed,load", 50, 150, 1);
    String command =
        "forecast --model @@waves --data @s.csv --time-column day --output @out --epochs 1 --plot"
            + " none --freeze all-but-head --target speed";
    Run run = run(command + " --past-covariates load");
    assertTuned(run);
    assertContains(run.out(), "targets: 1 kept (speed for y), 0 new, 0 dropped\n");
    assertContains(run.out(), "past covariates: 1 kept (load for x), 0 new, 0 dropped\n");
    assertContains(
        run.out(), "There is no evaluation before fine-tuning: the model as it was reads other");
    Forecaster tuned = Forecaster.load(folder.resolve("out/model.zip"));
    assertEquals(Freeze.ALL_BUT_HEAD, tuned.provenance().origin().options().freeze());
    Run twice = run(command + " --past-covariates speed");
    assertEquals(2, twice.exitCode(), twice.err());
    assertContains(twice.err(), "The options contradict each other: targets [speed] and");
    Run fewer = run(command + " --past-covariates none");
    assertEquals(2, fewer.exitCode(), fewer.err());
    assertContains(fewer.err(), "expected as many of each");
  }

  @Test
  void aForecasterRefusesOtherSeries() throws IOException {
    series("y,z", 1, 150, 1);
    refused("forecast --model @@waves --data @s.csv --time-column day", "there is no column \"x\"");
    series("y,x", 1, 150, 7);
    refused(
        "forecast --model @@waves --data @s.csv --time-column day",
        "but the forecaster has learned from one each");
    series("y,x", 1, 12, 1);
    refused(
        "forecast --model @@waves --data @s.csv --time-column day",
        "The series has 12 rows, of which --test-split holds out 2 for the test; expected at least"
            + " the horizon of 3");
    series("y,x", 1, 15, 1);
    refused(
        "forecast --model @@waves --data @s.csv --time-column day",
        "one window with its horizon needs 11");
  }

  private void refused(String command, String message) {
    Run run = run(command + " --output " + folder.resolve("refused"));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("Error: ") && run.err().contains(message), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(folder.resolve("refused/model.zip")));
  }

  @Tag("learning")
  @Test
  void aGeneratorLearnsNewCharacters() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "we KNOW the mat.\n".repeat(60));
    Run run =
        run(
            "generation --model @@cats --data @t.txt --output @out --epochs 12 --batch-size 4"
                + " --learning-rate 0.02 --length 9 --temperature 0 --seed "
                + Run.SEED);
    assertTuned(run);
    assertContains(run.out(), "on 969 characters; 51 more characters are held out as test set.");
    assertContains(
        run.out(), "characters: 8 known, 5 new, 0 unknown; 4 others of the model stay\n");
    double[] bits = figures(run, "bits per character");
    assertTrue(bits[1] < 1 && bits[0] > 2, Arrays.toString(bits));
    assertTrue(figures(run, "unknown characters")[0] > 0.2, run.out());
    assertContains(run.out(), "recurrent-zoo generate --model " + folder.resolve("out"));
    assertLeft("out");
    assertTrue(
        Files.readString(folder.resolve("out/metrics.json"))
            .contains("bits per character before fine-tuning"));
    assertEquals(
        17, TextGenerator.load(folder.resolve("out/model.zip")).vocabulary().characters().size());
  }

  @Test
  void aGeneratorFreezes() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "we KNOW the mat.\n".repeat(60));
    Run run =
        run(
            "generation --model @@cats --data @t.txt --output @out --epochs 1 --freeze embedding"
                + " --head-factor 3 --length 0");
    assertTuned(run);
    assertContains(run.out(), "characters: 8 known, 0 new, 5 unknown");
    TextGenerator tuned = TextGenerator.load(folder.resolve("out/model.zip"));
    assertEquals(Freeze.EMBEDDING, tuned.provenance().origin().options().freeze());
    assertEquals(3, tuned.provenance().origin().options().headFactor());
    Files.writeString(folder.resolve("t.txt"), "0123456789".repeat(60));
    refused(
        "generation --model @@cats --data @t.txt --freeze embedding",
        "The generator knows none of the characters of the text.");
  }

  @Test
  void aGeneratorBeginsWithThePresetOfDefinitions() throws IOException {
    Files.writeString(
        folder.resolve("t.txt"), "a small bird that sings before sunrise\n".repeat(30));
    Run run = run("generation --data @t.txt --output @out --epochs 1 --length 5");
    assertTuned(run);
    assertContains(run.out(), "Fine-tuning definitions-lstm on 1,111 characters");
    assertEquals(
        TextGenerator.pretrained("definitions-lstm").provenance(),
        TextGenerator.load(folder.resolve("out/model.zip")).provenance().origin().model());
  }

  @Tag("learning")
  @Test
  void aTranslatorLearnsNewSymbols() throws IOException {
    Files.writeString(folder.resolve("p.tsv"), TinyModels.pairs("abxy", 200));
    Run run =
        run(
            "pairs --model @@upper --data @p.tsv --output @out --epochs 60 --patience 60"
                + " --batch-size 8 --learning-rate 0.005 --seed "
                + Run.SEED);
    assertTuned(run);
    assertContains(
        run.out(), "source symbols: 2 known, 2 new, 0 unknown; 2 others of the model stay\n");
    double[] errors = figures(run, "symbol error rate");
    assertTrue(errors[1] < errors[0] / 2, Arrays.toString(errors));
    double[] matches = figures(run, "exact match");
    assertTrue(matches[1] > matches[0], Arrays.toString(matches));
    assertContains(run.out(), " was expected\n");
    assertContains(run.out(), "recurrent-zoo translate --model " + folder.resolve("out"));
    assertLeft("out");
    assertEquals(
        "AXY", SequenceTranslator.load(folder.resolve("out/model.zip")).translate("axy").text());
  }

  @Test
  void aTranslatorFreezesWhereNoSymbolIsNew() throws IOException {
    Files.writeString(folder.resolve("p.tsv"), TinyModels.pairs("dcba", 100));
    Run run =
        run(
            "pairs --model @@upper --data @p.tsv --output @out --epochs 1 --freeze all-but-head"
                + " --beam-size 2 --max-test-pairs 3");
    assertTuned(run);
    assertContains(run.out(), "3 more pairs are held out as test set.");
    assertEquals(
        Freeze.ALL_BUT_HEAD,
        SequenceTranslator.load(folder.resolve("out/model.zip"))
            .provenance()
            .origin()
            .options()
            .freeze());
    Files.writeString(folder.resolve("p.tsv"), TinyModels.pairs("wxyz", 100));
    refused(
        "pairs --model @@upper --data @p.tsv --freeze embedding",
        "is not among those that this model can answer");
    Files.writeString(folder.resolve("p.tsv"), "1\tA\n2\tB\n3\tC\n4\tD\n");
    refused(
        "pairs --model @@upper --data @p.tsv --freeze embedding",
        "The model knows none of the 2 different symbols of the sources");
    Files.writeString(folder.resolve("p.tsv"), "ab\tAB\n");
    refused(
        "pairs --model @@upper --data @p.tsv",
        "p.tsv: there are 1 pairs with 1 different sources; expected at least three");
    Files.writeString(folder.resolve("p.tsv"), "ab\tAB\nba\tBA\n" + "a".repeat(101) + "\tA\n");
    refused("pairs --model @@upper --data @p.tsv", "p.tsv, line 3: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forecast --model @@waves | There is no training data. Give a CSV or TSV file",
        "forecast --data a.csv | No model is named. Name one with --model",
        "forecast --data a.csv --model @@cats | is for the task text-generation",
        "forecast --data none.csv --model @@waves | There is no file none.csv",
        "forecast --data a.csv --model @@waves --freeze embedding | has no embedding",
        "forecast --data a.csv --model @@waves --test-split 0 | --test-split must be above 0",
        "forecast --data a.csv --model @@waves --teacher-forcing 0.5 | --teacher-forcing",
        "forecast --data a.csv --model @@waves --lookback 5 | Unknown options: '--lookback', '5'",
        "generation | There is no training data. Give a text file with --data.",
        "generation --data a.txt --model @@upper | is for the task sequence-to-sequence",
        "generation --data none.txt --model @@cats | There is no file none.txt",
        "generation --data a.txt --model dates-lstm | is for sequence to sequence; expected one",
        "generation --data a.txt --temperature -1 | --temperature must be 0 or a positive number",
        "generation --data a.txt --head-factor 0 | --head-factor must be a positive number",
        "generation --data a.txt --freeze all | expected nothing, embedding or all-but-head",
        "generation --data a.txt --learning-rate-decay 2 | --learning-rate-decay must be above 0",
        "generation --data a.txt --model nothing | There is no model file or folder nothing",
        "pairs --model @@upper | There is no training data. Give a TSV",
        "pairs --data a.tsv | No model is named. Name one with --model",
        "pairs --data a.tsv --model @@waves | is for the task forecasting",
        "pairs --data a.tsv --model @@upper --source-column a | Give both --source-column",
        "pairs --data a.tsv --model @@upper --beam-size 0 | --beam-size must be from 1",
        "pairs --data a.tsv --model @@upper --epochs 0 | --epochs must be from 1",
        "pairs --source-column a --target-column b | name one with --data",
      })
  void whatCannotBe(String command, String message) {
    refused(command, message);
  }

  @Test
  void aTextThatIsTooShort() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "the cat");
    refused(
        "generation --model @@cats --data @t.txt", "t.txt has 7 characters; expected at least 42");
  }
}
