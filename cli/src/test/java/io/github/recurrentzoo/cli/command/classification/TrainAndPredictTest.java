package io.github.recurrentzoo.cli.command.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** From a file of rows to a saved model and its answers, with tiny networks. */
public class TrainAndPredictTest {

  private static final List<String> TINY =
      List.of(
          "--epochs",
          "6",
          "--patience",
          "6",
          "--hidden-size",
          "8",
          "--embedding-size",
          "8",
          "--batch-size",
          "4",
          "--learning-rate",
          "0.02",
          "--seed",
          Run.SEED,
          "--embeddings",
          "none",
          "--min-count",
          "1");

  @TempDir Path folder;

  /** Rows that a network can learn at once: one word tells the class. */
  public static Path rows(Path file) throws IOException {
    StringBuilder csv = new StringBuilder("label,text\n");
    for (int i = 0; i < 40; i++) {
      csv.append("gut,\"a \"\"fine\"\" film, number %d\"\n".formatted(i));
      csv.append("schlecht,a dull film number %d\n".formatted(i));
    }
    return Files.writeString(file, csv);
  }

  private static String[] with(String... more) {
    return Stream.concat(TINY.stream(), Stream.of(more)).toArray(String[]::new);
  }

  /** TSV of a corpus: a quote is a character, and one label has a single row. */
  @Test
  void rareLabelsAndQuotesThatAreNone() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("corpus.tsv"),
            "label\ttext\n"
                + "gut\t\"a fine film\nschlecht\ta dull film\"\n".repeat(20)
                + "selten\ta strange film\n");
    String[] args = {
      "--data",
      data.toString(),
      "--quote",
      "none",
      "--rare-labels",
      "drop",
      "--output",
      folder.resolve("m").toString()
    };
    Run train = Run.train(with(args));
    assertEquals(0, train.exitCode(), train.err());
    assertTrue(
        train
            .out()
            .contains("Warning: 1 label has fewer than 3 rows and is left out: \"selten\" (1)."),
        train.out());
    assertTrue(train.out().contains("in 2 classes"), train.out());
    args[5] = "keep";
    Run keep = Run.train(with(args));
    assertEquals(0, keep.exitCode(), keep.err());
    assertTrue(keep.out().contains("in 3 classes"), keep.out());
  }

  @Tag("learning")
  @ParameterizedTest
  @ValueSource(strings = {"simple-rnn", "LSTM", "peephole-lstm", "gru", "Rrnn"})
  void trainSaveAndAsk(String recurrence) throws IOException {
    Path data = rows(folder.resolve("films.csv"));
    Path model = folder.resolve("model.zip");
    Run train =
        Run.train(
            with(
                "--data",
                data.toString(),
                "--output",
                folder.toString(),
                "--recurrence",
                recurrence));
    assertEquals("", train.err());
    assertEquals(0, train.exitCode());
    assertTrue(
        train.out().contains("on 72 rows in 2 classes; 8 more rows are held out"), train.out());
    assertTrue(train.out().contains("Epoch 1/6  loss"), train.out());
    assertTrue(train.out().contains("accuracy  1.0000"), train.out());
    assertTrue(
        train.out().contains("Saved to " + folder + ": model.zip, metrics.json"), train.out());
    assertTrue(train.out().contains("expected gut: a \"fine\" film"), train.out());
    assertTrue(
        train.out().contains("recurrent-zoo predict --model " + folder + " 'some text'"),
        train.out());

    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("Confusion matrix") && page.contains("What answers rest on"), page);
    assertTrue(page.contains("--hidden-size") && page.contains("films.csv"), page);
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    String command = metrics.get("command").asText();
    assertTrue(command.startsWith("recurrent-zoo train text --epochs 6 "), command);
    assertEquals(6, metrics.at("/history").size());
    assertEquals(1.0, metrics.at("/report/accuracy").asDouble());
    assertEquals("8", metrics.at("/options/--hidden-size").asText());
    assertEquals(80, metrics.at("/data/rows").asInt());
    // Six epochs of 16 steps, each of them measured.
    assertEquals(96, metrics.at("/gradientNorms/points").size());
    assertTrue(metrics.at("/gradientNorms/points/0/norms/embedding").asDouble() > 0);
    assertTrue(metrics.at("/gradientNorms/points/95/norms/class").asDouble() > 0);

    Run predict =
        Run.predict("--model", model.toString(), "a fine film number 3", "a dull film number 3");
    assertEquals("", predict.err());
    assertEquals(0, predict.exitCode());
    assertTrue(
        predict
            .out()
            .matches(
                """
                a fine film number 3
                  gut [01]\\.\\d{3}   schlecht [01]\\.\\d{3}
                a dull film number 3
                  schlecht [01]\\..*
                """),
        predict.out());

    Run explain = Run.predict("--model", model.toString(), "--explain", "A dull film, I'd say!");
    assertTrue(
        explain
            .out()
            .matches(
                "A\\[.*] dull\\[[+-]\\d+\\.\\d\\d] film\\[[+-]\\d+\\.\\d\\d],"
                    + " I'd\\[\\?[+-]\\d+\\.\\d\\d] say\\[.*]!\n"
                    + "  schlecht .*\n"
                    + "  2 of its 5 words are unknown to the model.\n"),
        explain.out());

    Path texts =
        Files.writeString(
            folder.resolve("texts.txt"), "\uFEFFa fine film number 3\n\na dull film number 3\n电影");
    Run lines = Run.predict("--model", model.toString(), "--file", texts.toString());
    assertEquals("", lines.err());
    assertTrue(
        lines
            .out()
            .matches(
                """
                gut\t[01]\\.\\d{3}\ta fine film number 3
                \t\t
                schlecht\t[01]\\.\\d{3}\ta dull film number 3
                \\w+\t[01]\\.\\d{3}\t电影
                """),
        lines.out());
  }

  @Tag("learning")
  @Test
  void standardInputIsAFileToo() throws IOException {
    Path model = folder.resolve("model.zip");
    Run.train(
        with(
            "--data", rows(folder.resolve("films.csv")).toString(), "--output", folder.toString()));
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "a dull film number 3\n".repeat(600).getBytes(StandardCharsets.UTF_8)));
    try {
      Run run = Run.predict("--model", model.toString(), "--file", "-");
      assertEquals(0, run.exitCode(), run.err());
      assertEquals(600, run.out().lines().filter(line -> line.startsWith("schlecht\t")).count());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void everyOptionIsTaken() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("films.txt"), Files.readString(rows(folder.resolve("a.csv"))));
    Run run =
        Run.train(
            "--data",
            data.toString(),
            "--output",
            folder.resolve("m").toString(),
            "--delimiter",
            "comma",
            "--text-column",
            "text",
            "--label-column",
            "label",
            "--recurrence",
            "lstm",
            "--layers",
            "2",
            "--bidirectional",
            "--activation",
            "relu",
            "--dropout",
            "0.1",
            "--l1",
            "1e-6",
            "--l2",
            "1e-6",
            "--clip-norm",
            "1",
            "--vocabulary-size",
            "50",
            "--max-length",
            "5",
            "--seed",
            "7",
            "--epochs",
            "1",
            "--hidden-size",
            "8",
            "--embedding-size",
            "8",
            "--batch-size",
            "40",
            "--patience",
            "1",
            "--learning-rate",
            "0.01");
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertTrue(
        run.out().contains("Training LSTM (2 recurrent layers of 8 units, both directions)"),
        run.out());
  }

  @Test
  void theReportHasABaselineAndPredictionsAsManyLabelsAsAskedFor() throws IOException {
    Path films = rows(folder.resolve("films.csv"));
    String output = folder.resolve("m").toString();
    Run train = Run.train(with("--data", films.toString(), "--output", output));
    assertEquals(0, train.exitCode(), train.err());
    assertTrue(train.out().contains("\nbaseline  1.0000  (naive Bayes on words"), train.out());
    assertTrue(train.out().contains("calibration error"), train.out());
    assertTrue(train.out().contains("average precision"), train.out());
    JsonNode report =
        new ObjectMapper().readTree(Path.of(output, "metrics.json").toFile()).get("report");
    assertEquals(1, report.at("/baseline/accuracy").doubleValue());
    assertTrue(report.get("calibrationError").isDouble(), report.toString());
    Run top =
        Run.predict("--model", output, "--top", "2", "--file", lines("a fine film").toString());
    assertTrue(
        top.out().matches("\\w+\t[01]\\.\\d{3}\t\\w+\t[01]\\.\\d{3}\ta fine film\n"), top.out());
    Run json = Run.predict("--model", output, "--top", "1", "--json", "a fine film");
    assertEquals(1, new ObjectMapper().readTree(json.out()).get("probabilities").size());
    Run blank = Run.predict("--model", output, "--top", "2", "--file", lines(" \na").toString());
    assertTrue(blank.out().startsWith("\t\t\t\t\n"), blank.out());
    blank = Run.predict("--model", output, "--json", "--file", lines(" \na").toString());
    assertTrue(
        new ObjectMapper()
            .readTree(blank.out().lines().findFirst().orElseThrow())
            .get("label")
            .isNull(),
        blank.out());
    assertEquals(2, Run.predict("--model", output, "--top", "0", "a film").exitCode());
  }

  @Test
  void namesAreReadByCharactersUnlessAskedOtherwise() throws IOException {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 120; i++) {
      csv.append(Integer.toString(7919 * (i + 40), 36))
          .append(i % 2 == 0 ? "ovic,east\n" : "sson,north\n");
    }
    String names = Files.writeString(folder.resolve("names.csv"), csv).toString();
    String output = folder.resolve("m").toString();
    Run run = Run.train("--data", names, "--epochs", "1", "--output", output);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out()
            .contains(
                " characters a text, read as they are written (--unit words reads words); none of"
                    + " the rows validates"),
        run.out());
    assertFalse(run.out().contains("validation loss"), run.out());
    assertTrue(run.out().contains("  kept\n"), run.out());
    run = Run.train("--data", names, "--epochs", "1", "--output", output, "--unit", "words");
    assertTrue(run.out().contains(" words a text, no pretrained word vectors"), run.out());
    run = Run.train("--data", names, "--epochs", "1", "--output", output, "--patience", "2");
    assertTrue(run.out().contains("validation loss"), run.out());
  }

  @Test
  void charactersAreReadInPlaceOfWords() throws IOException {
    Path films = rows(folder.resolve("films.csv"));
    String output = folder.resolve("m").toString();
    Run train =
        Run.train(with("--data", films.toString(), "--output", output, "--unit", "characters"));
    assertEquals(0, train.exitCode(), train.err());
    assertTrue(train.out().contains("characters unknown"), train.out());
    assertTrue(train.out().contains("sequences of one to three characters"), train.out());
    Run predict = Run.predict("--model", output, "a \u1E9Eine film");
    assertTrue(predict.out().contains("1 of its 11 characters are unknown"), predict.out());
    Run refused =
        Run.train("--data", films.toString(), "--unit", "characters", "--embeddings", "english");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("no meaning with --unit characters"), refused.err());
  }

  private Path lines(String text) throws IOException {
    return Files.writeString(folder.resolve("lines.txt"), text + "\n");
  }

  @Tag("learning")
  @Test
  void standardInputIsReadWhereThereAreNoTexts() throws IOException {
    Path model = folder.resolve("folder/model.zip");
    Run.train(
        with(
            "--data",
            rows(folder.resolve("films.csv")).toString(),
            "--output",
            model.getParent().toString()));
    Run piped = withInput("a dull film\n", "--model", model.getParent().toString());
    assertEquals("", piped.err());
    assertTrue(piped.out().matches("schlecht\t.*\ta dull film\n"), piped.out());
    Run nothing = withInput("", "--model", model.toString());
    assertEquals(2, nothing.exitCode());
    assertTrue(nothing.err().contains("There is no input"), nothing.err());
    assertEquals(0, withInput("", "--model", model.toString(), "--file", "-").exitCode());
  }

  private static Run withInput(String input, String... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return Run.predict(args);
    } finally {
      System.setIn(before);
    }
  }

  @Tag("learning")
  @Test
  void jsonIsAllThatStandardOutputHolds() throws IOException {
    Path model = folder.resolve("model.zip");
    Run train =
        Run.train(
            with(
                "--data",
                rows(folder.resolve("films.csv")).toString(),
                "--output",
                folder.toString(),
                "--json"));
    assertEquals(0, train.exitCode(), train.err());
    assertTrue(train.err().contains("Epoch 1/6  loss"), train.err());
    JsonNode json = new ObjectMapper().readTree(train.out());
    assertEquals("text-classification", json.get("task").textValue());
    assertEquals(model.toString(), json.get("model").textValue());
    assertEquals(8, json.at("/report/rows").intValue());
    assertEquals("gut", json.at("/report/labels/0/label").textValue());
    assertEquals(4, json.at("/report/confusion/0/0").intValue());

    Run predict = Run.predict("--json", "--model", model.toString(), "a \"fine\" film", "dull");
    assertEquals("", predict.err());
    List<String> lines = predict.out().lines().toList();
    assertEquals(2, lines.size(), predict.out());
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertEquals("a \"fine\" film", first.get("text").textValue());
    assertEquals("gut", first.get("label").textValue());
    assertEquals(
        first.get("probability").doubleValue(), first.at("/probabilities/gut").doubleValue());

    Run explained = Run.predict("--json", "--explain", "--model", model.toString(), "A dull film");
    JsonNode words = new ObjectMapper().readTree(explained.out()).get("words");
    assertEquals(3, words.size());
    assertEquals("dull", words.at("/1/word").textValue());
    assertEquals(2, words.at("/1/start").intValue());
    // A slope, whose sign is that of the word's part in the answer only where nothing saturates.
    assertTrue(words.at("/1/contribution").isDouble(), words::toString);

    Run refused = Run.predict("--json", "--model", folder.resolve("none.zip").toString(), "a");
    assertEquals(2, refused.exitCode());
    assertEquals("", refused.out());
    assertTrue(refused.err().startsWith("Error: "), refused.err());
  }

  @Test
  void warningsOfTheReaderAreShown() throws IOException {
    Path data = rows(folder.resolve("films.csv"));
    Files.writeString(data, Files.readString(data) + "Gut,good\nGut,good\nGut,good\ngut,\n");
    Run run =
        Run.train(with("--data", data.toString(), "--output", folder.resolve("m").toString()));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out()
            .contains("Warning: " + data + ": 1 row was skipped, as the text is empty (line 85)."));
    assertTrue(
        run.out().contains("the labels \"gut\" (40 rows), \"Gut\" (3 rows) differ in case"),
        run.out());
  }

  @Test
  void help() {
    for (Run run : List.of(Run.train("--help"), Run.predict("-h"))) {
      assertEquals(0, run.exitCode());
      assertEquals("", run.err());
      assertTrue(run.out().startsWith("Usage: ") && run.out().contains("\nExamples:\n"), run.out());
      assertFalse(run.out().contains("${"), run.out());
      assertTrue(run.out().lines().allMatch(line -> line.length() <= 120), run.out());
    }
  }

  @Test
  void theNameOfTheModelTellsWhatWasTrained() {
    assertEquals(
        Path.of("models/wordnet-simple-rnn-2-layers"),
        folder("--recurrence", "SimpleRnn", "--layers", "2"));
    assertEquals(Path.of("models/my.reviews-lstm"), folder("--data", "some/my.reviews.tsv"));
  }

  private static Path folder(String... args) {
    TrainTextClassifierOptions options = parsed(args);
    return options.output.folder(options.rows.data, "wordnet", options.network);
  }

  private static TrainTextClassifierOptions parsed(String... args) {
    TrainTextClassifierOptions options = new TrainTextClassifierOptions();
    CommandLineProgram.parser(options, args).parseArgs(args);
    return options;
  }

  @Test
  void thePlateauOfTheCommandLineIsTaken() {
    TrainingOptions plateau = parsed("--data=a.csv", "--plateau-patience=2").trainingOptions();
    assertEquals(2, plateau.plateauPatience());
    assertEquals(0.5, plateau.plateauFactor());
    assertFalse(plateau.keepLast());
    TrainingOptions none = parsed("--data=a.csv", "--batch-size=7").trainingOptions();
    assertTrue(none.keepLast());
    assertEquals(7, none.batchSize());
  }

  /** 100 rows in batches of 10, one epoch: the ramp has a stair for each step that is trained. */
  @Test
  void theLearningRateFallsWithTheRowsThatAreTrained() {
    assertEquals(10, stairs()); // of so few, none validates
    assertEquals(9, stairs("--validation-split=0.1"));
    assertEquals(9, stairs("--patience=3", "--keep-last", "--validation-split=0.1"));
    assertEquals(5, stairs("--validation-split=0.5"));
    assertEquals(10, stairs("--validation-data=v.csv"));
  }

  private static int stairs(String... more) {
    TrainTextClassifierOptions options =
        parsed(
            Stream.concat(
                    Stream.of("--data=a.csv", "--epochs=1", "--batch-size=10", "--embeddings=none"),
                    Stream.of(more))
                .toArray(String[]::new));
    List<LabeledText> rows =
        IntStream.range(0, 100)
            .mapToObj(i -> new LabeledText("text " + i, "kind " + i % 2))
            .toList();
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    String updater = options.architecture(rows, out).build().describe().get("updater").toString();
    return updater.replaceAll(".*values=\\{([^}]*)\\}.*", "$1").split(",").length;
  }

  @Test
  void aFileOfOnesOwnHasItsOwnDefaults() {
    assertEquals(8, parsed().training.epochs);
    assertEquals(0.5, parsed().network.dropout);
    for (String[] args : new String[][] {{"--data", "a.csv"}, {"--data=a.csv"}}) {
      assertEquals(20, parsed(args).training.epochs);
      assertEquals(0.5, parsed(args).network.dropout);
      assertTrue(parsed(args).network.bidirectional);
      assertEquals(20_000, parsed(args).vocabularySize);
    }
    assertEquals(3, parsed("--data", "a.csv", "--epochs", "3").training.epochs);
    assertEquals(3, parsed("--epochs", "3").training.epochs);
    assertEquals(10, parsed("--recurrence", "Rrnn-Updated").training.epochs);
    assertEquals(10, parsed("--recurrence=rrnn-updated").training.epochs);
    assertEquals(4, parsed("--recurrence=rrnn-updated", "--epochs", "4").training.epochs);
    assertEquals(20, parsed("--recurrence", "rrnn", "--data", "a.csv").training.epochs);
    String help = Run.train("--help").out().replaceAll("\\s+", " ");
    assertTrue(
        help.matches(".*Defaults with --recurrence rrnn-updated: [^:]*--epochs 10, .*"), help);
    assertTrue(help.matches(".*Defaults with --data: [^:]*--label-smoothing 0.1, .*"), help);
  }
}
