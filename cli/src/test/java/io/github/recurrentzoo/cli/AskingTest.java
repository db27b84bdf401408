package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Training, evaluating and asking by the launcher, for each task, with JSON. */
class AskingTest {

  @TempDir Path folder;

  private static JsonNode json(Run run) throws IOException {
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(1, run.out().lines().count(), run.out());
    return new ObjectMapper().readTree(run.out());
  }

  private static Run withInput(String input, String... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return Run.of(args);
    } finally {
      System.setIn(before);
    }
  }

  private Run run(String command) {
    return Run.of(words(command));
  }

  private String[] words(String command) {
    return command.replace("@", folder + "/").replace("SEED", Run.SEED).split(" ", -1);
  }

  @Tag("learning")
  @Test
  void texts() throws IOException {
    Files.writeString(
        folder.resolve("films.csv"),
        "stars,review\n" + "5,a fine film\n1,a dull film\n".repeat(30));
    JsonNode trained =
        json(
            run(
                "train text --json --data @films.csv --text-column review --label-column stars --output @m --epochs 6 --hidden-size 6 --embedding-size 6 --batch-size 4 --learning-rate 0.02 --seed SEED"));
    assertEquals(6, trained.at("/report/rows").intValue());
    String command =
        new ObjectMapper()
            .readTree(folder.resolve("m/metrics.json").toFile())
            .get("command")
            .textValue();
    assertTrue(command.startsWith("recurrent-zoo train text --json --data /"), command);
    JsonNode evaluated =
        json(
            run(
                "evaluate --json --model @m --data @films.csv --text-column review --label-column stars"));
    assertEquals("text-classification", evaluated.get("task").textValue());
    assertEquals(60, evaluated.at("/report/rows").intValue());
    assertEquals(1, evaluated.at("/report/accuracy").doubleValue());
    JsonNode tuned =
        json(
            run(
                "fine-tune text --json --model @m --data @films.csv --text-column review --label-column stars --output @t --epochs 1 --seed SEED"));
    assertEquals(1, tuned.at("/before/accuracy").doubleValue());
    assertEquals(6, tuned.at("/report/rows").intValue());
    assertEquals(0, tuned.get("comparison").size());
    assertEquals("1", tuned.at("/mapping/names/0/kept/0").textValue());

    Run own = run("evaluate --model @m");
    assertEquals(2, own.exitCode());
    assertTrue(own.err().contains("was not trained on the definitions of WordNet"), own.err());
    Run beam = run("evaluate --model @m --data @films.csv --beam-size 3");
    assertEquals(2, beam.exitCode());
    assertTrue(
        beam.err().contains("--beam-size has no meaning with a model for text classification"),
        beam.err());
  }

  @Tag("learning")
  @Test
  void series() throws IOException {
    StringBuilder csv = new StringBuilder("day,sold\n");
    for (int i = 0; i < 120; i++) {
      csv.append("%s,%d\n".formatted(LocalDate.of(2024, 1, 1).plusDays(i), 10 + i % 7));
    }
    Files.writeString(folder.resolve("sales.csv"), csv);
    JsonNode trained =
        json(
            run(
                "train forecast --json --data @sales.csv --time-column day --target sold --lookback 8 --horizon 3 --output @m --plot none --epochs 2 --hidden-size 4 --seed SEED"));
    assertEquals("forecasting", trained.get("task").textValue());
    assertEquals("sold", trained.at("/report/targets/0/name").textValue());

    JsonNode forecast =
        json(withInput(csv.toString(), words("forecast --json --model @m --time-column day")));
    assertEquals(trained.get("forecast"), forecast);
    assertEquals(3, forecast.at("/targets/0/values").size());
    assertTrue(forecast.at("/times/0").textValue().startsWith("2024-04-30"), forecast.toString());

    JsonNode evaluated =
        json(run("evaluate --json --model @m --data @sales.csv --time-column day"));
    assertEquals(trained.get("report"), evaluated.get("report"));
    Files.writeString(folder.resolve("more.csv"), csv.toString().replace(",1", ",5"));
    Run run =
        run(
            "fine-tune forecast --json --model @m --data @more.csv --time-column day --output @t --epochs 20 --seed SEED");
    JsonNode tuned = json(run);
    double before = tuned.at("/before/targets/0/network/mae").doubleValue();
    double after = tuned.at("/report/targets/0/network/mae").doubleValue();
    assertTrue(after < before / 2, after + " after " + before);
    assertEquals(folder.resolve("m").toString(), tuned.get("from").textValue());
    assertEquals("sold", tuned.at("/mapping/names/0/kept/0").textValue());
    assertEquals(1, tuned.get("pictures").size());
    String ask = run.err().substring(run.err().lastIndexOf("recurrent-zoo forecast ")).strip();
    assertEquals(
        tuned.get("forecast"), json(run(ask.replace("recurrent-zoo", "").strip() + " --json")));
    Run other = run("predict --model @m a");
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("is for the task forecasting"), other.err());
  }

  @Tag("learning")
  @Test
  void writing() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "the cat sat on the mat\n".repeat(30));
    JsonNode trained =
        json(
            run(
                "train generation --json --data @t.txt --output @m --epochs 1 --hidden-size 8 --segment-length 16 --length 9 --seed SEED"));
    assertEquals(9, trained.get("sample").textValue().length());
    JsonNode written =
        json(run("generate --json --model @m --prompt the --length 12 --temperature 0"));
    assertEquals("the", written.get("prompt").textValue());
    assertEquals(12, written.get("text").textValue().length());
    // The whole file, and no n-grams that have learned from the file itself.
    JsonNode evaluated = json(run("evaluate --json --model @m --data @t.txt")).get("report");
    assertEquals(30 * 23 - 1, evaluated.get("characters").intValue());
    assertTrue(evaluated.get("baselineBitsPerCharacter").isNull(), evaluated.toString());
    assertTrue(trained.at("/report/baselineBitsPerCharacter").isDouble(), trained.toString());
    Files.writeString(folder.resolve("dogs.txt"), "the DOG sat on the rug\n".repeat(30));
    JsonNode tuned =
        json(
            run(
                "fine-tune generation --json --model @m --data @dogs.txt --output @t --epochs 5 --learning-rate 0.02 --length 7 --seed SEED"));
    assertEquals(7, tuned.get("sample").textValue().length());
    assertEquals(3 + 3, tuned.at("/mapping/symbols/0/added").intValue());
    assertTrue(
        tuned.at("/report/bitsPerCharacter").doubleValue()
            < tuned.at("/before/bitsPerCharacter").doubleValue(),
        tuned.toString());
  }

  @Test
  void presets() throws IOException {
    Files.writeString(folder.resolve("no.zip"), "no model");
    JsonNode listed = json(run("list --json --folder @"));
    assertEquals(0, listed.get("saved").size());
    assertEquals("wordnet-simple-rnn", listed.at("/presets/0/name").textValue());
    assertEquals("accuracy", listed.at("/presets/0/metric").textValue());
    JsonNode predicted =
        json(Run.of("predict", "--json", "--model", "wordnet-lstm", "a brown bird"));
    assertEquals("animal", predicted.get("label").textValue());
    JsonNode translated = json(run("translate --json --model dates-lstm 12.03.2022"));
    assertEquals("2022-03-12", translated.get("output").textValue());
    JsonNode forecast = json(run("forecast --json --model seattle-weather-lstm --dataset seattle"));
    assertEquals(7, forecast.at("/times").size());
    JsonNode written = json(run("generate --json --model definitions-lstm --length 20"));
    assertEquals(20, written.get("text").textValue().length());
    JsonNode evaluated = json(run("evaluate --json --model seattle-weather-lstm"));
    assertTrue(
        evaluated.at("/report/targets/0/network/mae").doubleValue() < 3, evaluated.toString());
  }

  /** The pairs that were kept from the training are found again. */
  @Tag("learning")
  @Test
  void pairs() throws IOException {
    JsonNode trained =
        json(
            run(
                "train pronunciation --json --words 200 --output @m --epochs 1 --hidden-size 12 --embedding-size 8 --seed SEED"));
    assertEquals(20, trained.at("/report/inputs").intValue());
    Run others = run("evaluate --model @m");
    assertEquals(2, others.exitCode());
    assertTrue(others.err().contains("its held-out test set is unknown"), others.err());
    Files.writeString(folder.resolve("pairs.tsv"), "blog\tb l A g\ncat\tk { t\n");
    JsonNode evaluated = json(run("evaluate --json --model @m --data @pairs.tsv --beam-size 2"));
    assertEquals(2, evaluated.at("/report/inputs").intValue());
    StringBuilder more = new StringBuilder();
    for (char c = 'a'; c <= 'z'; c++) {
      more.append("%cat\tk { t\n%cab\tk { b\n".formatted(c, c));
    }
    Files.writeString(folder.resolve("more.tsv"), more);
    JsonNode tuned =
        json(
            run(
                "fine-tune pairs --json --model @m --data @more.tsv --output @t --epochs 30 --learning-rate 0.02 --batch-size 8 --seed SEED"));
    assertEquals(5, tuned.at("/before/inputs").intValue());
    assertTrue(
        tuned.at("/report/symbolErrorRate").doubleValue()
            < tuned.at("/before/symbolErrorRate").doubleValue(),
        tuned.toString());
    assertEquals("source symbols", tuned.at("/mapping/symbols/0/what").textValue());
    JsonNode listed = json(run("list --json --folder @"));
    assertEquals("sequence-to-sequence", listed.at("/saved/0/task").textValue());
    assertEquals(folder.resolve("m").toString(), listed.at("/saved/0/model").textValue());
    JsonNode translated = json(run("translate --json --model @m blog"));
    assertEquals("blog", translated.get("text").textValue());
    assertTrue(translated.get("logProbability").doubleValue() < 0);
  }

  /** What an output rests on: of a model with attention, which pairs have by default. */
  @Test
  void explainsPairs() throws IOException {
    StringBuilder pairs = new StringBuilder();
    for (char c = 'a'; c <= 'z'; c++) {
      pairs.append("%c-1\t%cx\n".formatted(c, c));
    }
    Files.writeString(folder.resolve("codes.tsv"), pairs);
    String train =
        "train pairs --data @codes.tsv --hidden-size 6 --embedding-size 6 --epochs 1 --seed SEED --output @";
    assertEquals(0, run(train + "with").exitCode());
    assertEquals(0, run(train + "without --no-attention").exitCode());
    JsonNode json = json(run("translate --json --explain --model @with a-1"));
    JsonNode alignment = json.get("alignment");
    assertEquals("a", alignment.at("/inputSymbols/0").textValue());
    assertEquals(json.get("output").textValue().length(), alignment.get("outputSymbols").size());
    assertEquals(alignment.get("outputSymbols").size(), alignment.get("weights").size());
    Run shown = run("translate --explain --model @with a-1");
    assertEquals(0, shown.exitCode(), shown.err());
    assertEquals(
        alignment.get("outputSymbols").size(),
        shown.out().lines().filter(line -> line.contains("  <-  ")).count());
    Run refused = run("translate --explain --model @without a-1");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("needs a model with attention"), refused.err());
    Run lines = run("translate --explain --model @with --file @codes.tsv");
    assertEquals(2, lines.exitCode());
    assertTrue(lines.err().contains("add --json"), lines.err());
  }
}
