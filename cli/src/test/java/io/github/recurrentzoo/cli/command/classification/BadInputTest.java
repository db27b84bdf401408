package io.github.recurrentzoo.cli.command.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What cannot be used ends with exit code 2, one message on standard error, and no file. */
class BadInputTest {

  @TempDir Path folder;

  private void assertRefused(Run run, String expected) throws IOException {
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("Error: "), run.err());
    assertTrue(run.err().contains(expected), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.filter(f -> !f.toString().matches(".*\\.(csv|txt)")).toList());
    }
  }

  private Run train(String csv) throws IOException {
    Path data = Files.writeString(folder.resolve("rows.csv"), csv);
    return Run.train(
        "--data", data.toString(), "--output", folder.resolve("model").toString(), "--epochs", "1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--layers 0 | --layers must be from 1 to 16, but is 0.",
        "--hidden-size x | Invalid value for option '--hidden-size': 'x' is not an int",
        "--epochs 0 | --epochs must be from 1",
        "--batch-size -3 | --batch-size must be from 0",
        "--learning-rate 0 | --learning-rate must be a positive number, but is 0.0",
        "--learning-rate NaN | --learning-rate must be a positive number",
        "--dropout 1 | --dropout must be at least 0 and below 1, but is 1.0",
        "--hidden-size 2000000000 | --hidden-size must be from 1 to 4096",
        "--vocabulary-size 2 | --vocabulary-size must be from 3",
        "--clip-norm -1 | --clip-norm must be 0 (off) or a positive number, but is -1.0",
        "--text-column review | name one with --data",
        "--clip-norm 1 --clip-value 1 | not both",
        "--recurrence qrnn | expected simple-rnn, lstm, peephole-lstm, gru, rrnn, rrnn-updated, but was 'qrnn'",
        "--activation sinus | --activation",
        "--delimiter ,, | expected one character",
        "--epoch 3 | --epochs",
        "reviews.csv | Unmatched argument",
        "--rare-labels drop | name one with --data",
        "--rare-labels some | Invalid value for option '--rare-labels'",
        "--quote single | Invalid value for option '--quote'",
        "--encoding utf-88 | Invalid value for option '--encoding'",
        "--data | Missing required parameter for option '--data'",
        "--data none.csv | There is no file none.csv",
        "--data a.csv --text-column label | The text column and the label column are both",
      })
  void optionsThatCannotBe(String args, String expected) throws IOException {
    assertRefused(Run.train(args.split(" ")), expected);
  }

  @Test
  void rowsThatCannotBe() throws IOException {
    assertRefused(train(""), "is empty");
    assertRefused(train("text,label\n"), "no rows below the header");
    assertRefused(train("text,label\na,x\nb\n"), "line 3: the row has 1 field");
    assertRefused(train("text,label\na,x\n\"b,y\n"), "line 3: a quote opens");
    assertRefused(train("text,class\na,x\n"), "there is no column \"label\"");
    assertRefused(
        train("text,label\n" + "a,x\n".repeat(9)), "rows.csv: all 9 rows have the label \"x\"");
    assertRefused(
        train("text,label\n" + "a,x\n".repeat(9) + "b,y\nc,z\nd,z\n"),
        "Too few have \"y\" (1), \"z\" (2).");
  }

  @Test
  void whatIsNoModelIsNotOverwritten() throws IOException {
    Path data =
        Files.writeString(folder.resolve("rows.csv"), "text,label\n" + "a b,x\nc d,y\n".repeat(9));
    Path other = Files.writeString(folder.resolve("model.zip"), "a letter");
    Run run = Run.train("--data", data.toString(), "--output", folder.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("is not a model"), run.err());
    assertEquals("a letter", Files.readString(other));
  }

  @Test
  void textsOfTheCommandLineThatCannotBe() throws IOException {
    assertRefused(Run.predict("--model", "m.zip", " "), "One of the texts is empty");
    assertRefused(Run.predict("--model", "m.zip", "sch\uFFFDn"), "locale is not UTF-8");
  }

  @Test
  void aFolderForTheData() throws IOException {
    assertRefused(
        Run.train("--data", folder.toString(), "--delimiter", ","), "is a folder; expected a file");
  }

  @Test
  void placesThatCannotBeSavedTo() throws IOException {
    Path data = TrainAndPredictTest.rows(folder.resolve("films.csv"));
    String rows = data.toString();
    assertRefused(
        Run.train("--data", rows, "--output", folder.resolve("model.zip").toString()),
        "--output names a folder, in which model.zip is saved");
    assertRefused(Run.train("--data", rows, "--output", rows), "is a file, not a folder");
    assertRefused(
        Run.train("--data", rows, "--output", rows + "/model"), "is a file, not a folder");
  }

  @Test
  void aTrainingThatCannotBeSavedIsNotBegun() throws IOException {
    Path data = TrainAndPredictTest.rows(folder.resolve("films.csv"));
    Run run = Run.train("--data", data.toString(), "--output", data.resolve("model").toString());
    assertFalse(run.out().contains("Epoch"), run.out());
  }

  @Test
  void modelsThatCannotBeAsked() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "not a model");
    assertRefused(Run.predict("a"), "No model is named. Name one with --model");
    assertRefused(
        Run.predict("--model", folder.resolve("none.zip").toString(), "a"),
        "There is no model file");
    assertRefused(
        Run.predict("--model", folder.toString(), "a"),
        "is a folder without model.zip in it; expected a model file");
    assertRefused(Run.predict("--model", text.toString(), "a"), "is not a model file");
    assertRefused(
        Run.predict("--model", text.toString(), "--file", "b.txt", "a"),
        "There are both texts and a file");
  }

  @Test
  void textsThatCannotBeRead() throws IOException {
    Path missing = folder.resolve("none.txt");
    assertRefused(
        Run.predict("--model", "m.zip", "--file", missing.toString()),
        "There is no file " + missing);
    assertRefused(Run.predict("--model", "m.zip", "--file", folder.toString()), "is a folder");
  }

  @Test
  void theUnexpectedHasExitCodeOneAndAStackTrace() {
    Run run =
        Run.of(
            program ->
                program.run(
                    new CommandLine(new PredictTextOptions()),
                    command -> {
                      throw new IllegalStateException("no such luck");
                    },
                    "--model",
                    "m.zip"));
    assertEquals(1, run.exitCode());
    assertTrue(
        run.err().contains("This is a bug") && run.err().contains("no such luck"), run.err());
    assertTrue(run.err().contains("\tat "), run.err());
  }

  @Test
  void aBadInputHasNoStackTrace() throws IOException {
    assertRefused(
        Run.of(
            program ->
                program.run(
                    new CommandLine(new PredictTextOptions()),
                    command -> {
                      throw new DataException("rows.csv, line 3: no.", new IOException());
                    },
                    "--model",
                    "m.zip")),
        "rows.csv, line 3: no.");
  }
}
