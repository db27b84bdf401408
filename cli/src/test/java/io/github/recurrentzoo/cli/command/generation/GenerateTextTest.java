package io.github.recurrentzoo.cli.command.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerateTextTest {
  private static final String TEXT = "Der Fluss f\u00fchrt \uD83D\uDE00 Wasser.\r\n".repeat(80);

  @TempDir Path folder;

  private static Run generate(String... args) {
    return Run.command("train generation", args);
  }

  private Run train(int epochs, String... more) throws IOException {
    Path data = Files.writeString(folder.resolve("river.txt"), TEXT);
    List<String> args =
        new ArrayList<>(
            List.of(
                "--data", data.toString(),
                "--output", folder.toString(),
                "--hidden-size", "24",
                "--embedding-size", "8",
                "--segment-length", "16",
                "--batch-size", "4",
                "--learning-rate", "0.02",
                "--epochs", "" + epochs,
                "--seed", Run.SEED,
                "--length", "60",
                "--temperature", "0"));
    args.addAll(List.of(more));
    return generate(args.toArray(String[]::new));
  }

  @Test
  void aTestTextOfOneWordIsRefusedBeforeTheTraining() throws IOException {
    Path one = Files.writeString(folder.resolve("one.txt"), "Wasser");
    Run run = train(1, "--unit", "words", "--test-data", one.toString());
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("The test text has fewer than two words"), run.err());
    assertFalse(run.out().contains("Training"), run.out());
  }

  @Test
  void wordsNeedAVocabularyOfThree() throws IOException {
    Run run = train(1, "--unit", "words", "--vocabulary-size", "2");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("--vocabulary-size must be from 3 to 100000 with --unit words"),
        run.err());
    Run three = train(1, "--unit", "words", "--vocabulary-size", "3");
    assertEquals(0, three.exitCode(), three.err());
  }

  @Tag("learning")
  @Test
  void trainsReportsSavesAndWritesThenWritesAgain() throws IOException {
    Run run = train(12, "--prompt", "Der ");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("Epoch  1/12"), run.out());
    assertTrue(run.out().contains("validation loss"), run.out());
    assertTrue(run.out().contains("network               0."), run.out());
    assertTrue(run.out().contains("5-gram"), run.out());
    assertTrue(
        run.out().contains("Der Fluss f\u00fchrt \uD83D\uDE00 Wasser.\nDer Fluss"), run.out());
    assertTrue(run.out().contains("recurrent-zoo generate --model "), run.out());

    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("Bits per character by epoch"), page);
    assertTrue(page.contains("temperature 0.5") && page.contains("recurrent-1"), page);
    assertTrue(Files.readString(folder.resolve("metrics.json")).contains("bitsPerCharacter"));
    String model = folder.resolve("model.zip").toString();
    Run again =
        generate("--model", model, "--prompt", "Der ", "--length", "20", "--temperature", "0");
    assertEquals(0, again.exitCode(), again.err());
    assertEquals("Der Fluss f\u00fchrt \uD83D\uDE00 Wasser\n", again.out());

    Run unknown = generate("--model", model, "--prompt", "\u6c34 q", "--length", "5");
    assertEquals(0, unknown.exitCode(), unknown.err());
    assertTrue(
        unknown
            .out()
            .startsWith(
                "Warning: the model has never seen these characters of the prompt: \u6c34 q\n"),
        unknown.out());

    String one = generate("--model", model, "--temperature", "2", "--sample-seed", "1").out();
    assertEquals(one, generate("--model", model, "--temperature", "2", "--sample-seed", "1").out());
    assertFalse(
        one.equals(generate("--model", model, "--temperature", "2", "--sample-seed", "2").out()));
    assertFalse(
        one.equals(
            generate("--model", model, "--temperature", "2", "--sample-seed", "1", "--top-k", "2")
                .out()));
  }

  /** Each character is flushed by itself. */
  @Test
  void theSampleComesAsItIsWritten() throws IOException {
    assertEquals(0, train(1).exitCode());
    List<String> flushed = new ArrayList<>();
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            if (size() > 0) {
              flushed.add(toString(StandardCharsets.UTF_8));
              reset();
            }
          }
        };
    GenerateTextOptions options = new GenerateTextOptions();
    CommandLineProgram.parser(
            options, "--model", folder.resolve("model.zip").toString(), "--length", "30")
        .parseArgs("--model", folder.resolve("model.zip").toString(), "--length", "30");
    GenerateText.Result result =
        GenerateText.run(options, new PrintStream(bytes, false, StandardCharsets.UTF_8));
    assertEquals(30, flushed.stream().filter(s -> s.codePointCount(0, s.length()) == 1).count());
    assertEquals(result.sample(), String.join("", flushed));
    assertTrue(result.report().isEmpty());
  }

  @Tag("learning")
  @Test
  void trainsOnWordsAndWritesThem() throws IOException {
    Run run = train(40, "--unit", "words", "--vocabulary-size", "50", "--prompt", "Der", "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("\"bitsPerWord\""), run.out());
    String model = folder.resolve("model.zip").toString();
    Run again =
        generate("--model", model, "--prompt", "Der", "--length", "20", "--temperature", "0");
    assertEquals("Der Fluss f\u00fchrt \uD83D\uDE00\n", again.out(), "a word is not cut");
    Run penalised =
        generate(
            "--model",
            model,
            "--prompt",
            "Der",
            "--length",
            "300",
            "--temperature",
            "0",
            "--repetition-penalty",
            "30",
            "--json");
    assertTrue(
        penalised.out().matches("(?s).*\"repetitionPenalty\"\\s*:\\s*30.*"), penalised.out());
    Run unknown = generate("--model", model, "--prompt", "Der Bach", "--length", "5");
    assertTrue(
        unknown
            .out()
            .startsWith("Warning: the model has never seen these words of the prompt: Bach\n"),
        unknown.out());
    Run scored =
        Run.command("evaluate", "--model", model, "--data", folder.resolve("river.txt").toString());
    assertEquals(0, scored.exitCode(), scored.err());
    assertTrue(scored.out().contains("bits per word"), scored.out());
    assertTrue(Files.readString(folder.resolve("MODEL_CARD.md")).contains("word by word"));
  }

  @Test
  void optionsReachTheModel() throws IOException {
    Run run =
        train(
            2,
            "--recurrence",
            "rrnn-updated",
            "--teacher-forcing",
            "0.9",
            "--teacher-forcing-decay",
            "0.9",
            "--clip-value",
            "0.5",
            "--vocabulary-size",
            "9");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("Training RRNN, updated ("), run.out());
    assertEquals(9, TextGenerator.load(folder.resolve("model.zip")).vocabulary().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data none.txt | There is no file none.txt",
        "--model none.zip | There is no model file none.zip",
        "--model a.zip --data a.txt | --data has no meaning with --model",
        "--model a.zip --epochs 2 | --epochs has no meaning with --model",
        "--length -1 | --length must be from 0",
        "--temperature -1 | --temperature must be 0 or a positive number, but is -1.0",
        "--repetition-penalty 0.5 | --repetition-penalty must be 1 or more, but is 0.5",
        "--top-k -1 | --top-k must be from 0",
        "--segment-length 0 | --segment-length must be from 1",
        "--vocabulary-size 1 | --vocabulary-size must be from 2",
        "--embedding-size 0 | --embedding-size must be from 1",
        "--bidirectional | must not read from the end",
        "--clip-norm 1 --clip-value 1 | not both",
        "--teacher-forcing 2 | --teacher-forcing must be from 0 to 1",
        "--prompt a\uFFFDb | lost characters",
      })
  void optionsThatCannotBe(String args, String expected) {
    Run run = generate(args.split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(expected), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void filesThatCannotBe() throws IOException {
    assertRefused(new byte[0], "is empty");
    assertRefused(
        "short".getBytes(StandardCharsets.UTF_8), "has 5 characters; expected at least 74");
    assertRefused(
        new byte[] {'o', 'k', '\n', 'a', (byte) 0xFC},
        "line 2, character 2: the byte 0xFC is not UTF-8");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Run run = generate("--data", empty.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("has no text files"), run.err());
    Files.writeString(empty.resolve("one.txt"), "a document alone");
    run = generate("--data", empty.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("has 1 text files (.txt); expected 3"), run.err());
  }

  @Test
  void ofAFolderWholeDocumentsAreHeldOut() throws IOException {
    Path documents = Files.createDirectory(folder.resolve("documents"));
    for (int i = 0; i < 10; i++) {
      Files.writeString(documents.resolve("d%d.txt".formatted(i)), "begin %d end".formatted(i));
    }
    Files.writeString(documents.resolve("notes.md"), "no text");
    SplitArguments arguments = new SplitArguments();
    arguments.testSplit = 0.2;
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    GenerateText.Split split = GenerateText.Split.ofFile(documents, arguments, 7, 64, "", out);
    assertEquals(8, split.documents().size());
    List<String> all = new ArrayList<>(split.documents());
    all.addAll(split.test().lines().toList());
    assertEquals(
        IntStream.range(0, 10).mapToObj("begin %d end"::formatted).toList(),
        all.stream().sorted().toList());
    assertEquals(split, GenerateText.Split.ofFile(documents, arguments, 7, 64, "", out));
    arguments.testData = documents;
    String allAgain = GenerateText.Split.ofFile(documents, arguments, 7, 64, "", out).test();
    assertEquals(10, allAgain.lines().count());
  }

  private void assertRefused(byte[] bytes, String expected) throws IOException {
    Path data = Files.write(folder.resolve("data.txt"), bytes);
    Run run = generate("--data", data.toString(), "--output", folder.toString());
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(expected), run.err());
    assertFalse(Files.exists(folder.resolve("model.zip")));
  }

  /** The shortest file that is taken trains. */
  @Test
  void aFileOfOneSegment() throws IOException {
    Path data = Files.writeString(folder.resolve("data.txt"), "ab".repeat(38).substring(0, 74));
    Run run =
        generate(
            "--data", data.toString(),
            "--output", folder.toString(),
            "--hidden-size", "8",
            "--epochs", "1",
            "--length", "3");
    assertEquals(0, run.exitCode(), run.err());
  }

  @Test
  void helpNamesTheDefaults() {
    Run run = generate("--help");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("--sample-seed"), run.out());
    assertTrue(run.out().contains("Defaults with --data:"), run.out());
    GenerateTextOptions options = new GenerateTextOptions();
    CommandLine parser = CommandLineProgram.parser(options, "--clip-value", "1");
    parser.parseArgs("--clip-value", "1");
    assertEquals(0, options.network.clipNorm);
  }
}
