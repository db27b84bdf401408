package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Validation and test data of the user's, training again on all rows, folds, class weights. */
class OwnSplitsTest {

  @TempDir Path folder;

  /** Arguments in which @ stands for the folder. */
  private Run run(String command) {
    return Run.of(
        Stream.of(command.split(" ", -1))
            .map(arg -> arg.replace("@", folder + "/"))
            .toArray(String[]::new));
  }

  private JsonNode json(String command) throws IOException {
    Run run = run(command + " --json");
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void texts(String name, int rows) throws IOException {
    write(
        name,
        "note,kind\n"
            + IntStream.range(0, rows)
                .mapToObj(i -> (i % 2 == 0 ? "the sun ,day" : "the moon ,night") + "\n")
                .collect(Collectors.joining()));
  }

  private void assertRetrained(JsonNode json, int rows) {
    assertEquals(rows, json.path("retrained").path("rows").asInt(), json.toString());
    assertEquals(json.path("bestEpoch"), json.path("retrained").path("epochs"));
    assertEquals(
        rows, Zoo.load(Path.of(json.path("model").asText())).provenance().rows(), "saved model");
  }

  @Test
  void textsOfOnesOwn() throws IOException {
    texts("a.csv", 20);
    texts("v.csv", 8);
    texts("t.csv", 12);
    String columns = " --text-column note --label-column kind";
    String own = " --data @a.csv --validation-data @v.csv --test-data @t.csv";
    JsonNode json =
        json(
            "train text --epochs 2 --hidden-size 4 --output @out --class-weights day=2,night=1"
                + " --retrain"
                + own
                + columns);
    assertEquals(28, json.path("rows").asInt(), "to learn from and for validation");
    assertEquals(12, json.path("report").path("rows").asInt());
    assertRetrained(json, 40);
    String metrics = Files.readString(folder.resolve("out/metrics.json"));
    assertTrue(metrics.contains("trained again on all rows, for"), metrics);
    assertTrue(metrics.contains("day=2.0, night=1.0"), metrics);

    // The model knows its columns.
    Run evaluated = run("evaluate --model @out --data @t.csv");
    assertEquals(0, evaluated.exitCode(), evaluated.err());
    JsonNode tuned =
        json("fine-tune text --model @out --epochs 1 --output @tuned --retrain" + own + columns);
    assertEquals(12, tuned.path("report").path("rows").asInt());
    assertRetrained(tuned, 40);
  }

  @Test
  void pairsOfOnesOwn() throws IOException {
    write("a.tsv", TinyModels.pairs("abc", 30));
    write("v.tsv", "cab\tCAB\nbac\tBAC\n");
    write("t.tsv", "abcc\tABCC\n");
    String own = " --data @a.tsv --validation-data @v.tsv --test-data @t.tsv --retrain";
    JsonNode json = json("train pairs --epochs 1 --hidden-size 4 --output @out" + own);
    assertEquals(32, json.path("rows").asInt());
    assertEquals(1, json.path("report").path("inputs").asInt(), json.toString());
    assertRetrained(json, 33);
    assertRetrained(json("fine-tune pairs --model @out --epochs 1 --output @tuned" + own), 33);
  }

  @Test
  void textOfOnesOwn() throws IOException {
    write("a.txt", "the cat sat on the mat.\n".repeat(20));
    write("v.txt", "the mat sat on the cat.\n");
    write("t.txt", "on the cat sat the mat.\n");
    String own = " --data @a.txt --validation-data @v.txt --test-data @t.txt --retrain --length 5";
    JsonNode json =
        json("train generation --epochs 1 --hidden-size 4 --segment-length 16 --output @out" + own);
    assertEquals(23, json.path("report").path("characters").asInt(), json.toString());
    assertEquals(1, json.path("retrained").path("epochs").asInt(), json.toString());
    json = json("fine-tune generation --model @out --epochs 1 --output @tuned" + own);
    assertEquals(23, json.path("report").path("characters").asInt(), json.toString());
  }

  @Test
  void seriesThatGoOn() throws IOException {
    List<String> lines = TinyModels.waves("y,x", 0, 100, 1).lines().toList();
    String head = lines.get(0) + "\n";
    write("a.csv", head + String.join("\n", lines.subList(1, 61)));
    write("v.csv", head + String.join("\n", lines.subList(61, 81)));
    write("t.csv", head + String.join("\n", lines.subList(81, 101)));
    String own = " --data @a.csv --validation-data @v.csv --test-data @t.csv --time-column day";
    String train =
        "train forecast --target y --lookback 8 --horizon 3 --epochs 2 --hidden-size 4 --plot none"
            + " --output @out --retrain";
    JsonNode json = json(train + own);
    assertEquals(80, json.path("rows").asInt());
    assertRetrained(json, 100);
    assertEquals(
        Map.of("time", "day"), Zoo.load(folder.resolve("out/model.zip")).provenance().columns());
    Run asked = run("forecast --model @out --data @t.csv --json");
    assertEquals(0, asked.exitCode(), asked.err());
    assertEquals(
        new ObjectMapper().readTree(asked.out()),
        json.path("forecast"),
        "what follows is forecast by the model that is saved");
    assertRetrained(
        json(
            "fine-tune forecast --model @out --epochs 1 --plot none --output @tuned --retrain"
                + own),
        100);
    Run gap =
        run(train + " --data @a.csv --test-data @t.csv --time-column day --validation-split 0.3");
    assertEquals(2, gap.exitCode(), gap.err());
    assertTrue(gap.err().contains("must go on where the rows before it end"), gap.err());
  }

  /** Files for validation and test are too short to show business days by themselves. */
  @Test
  void businessDaysThatGoOn() throws IOException {
    TimeStep step = TimeStep.businessDays();
    ZonedDateTime first = LocalDate.of(2024, 1, 1).atStartOfDay(ZoneOffset.UTC);
    List<String> lines =
        IntStream.range(0, 100)
            .mapToObj(row -> step.plus(first, row).toLocalDate() + "," + Math.sin(row))
            .toList();
    write("a.csv", "day,y\n" + String.join("\n", lines.subList(0, 80)));
    write("v.csv", "day,y\n" + String.join("\n", lines.subList(80, 90)));
    write("t.csv", "day,y\n" + String.join("\n", lines.subList(90, 100)));
    JsonNode json =
        json(
            "train forecast --target y --lookback 8 --horizon 3 --epochs 1 --hidden-size 4"
                + " --prediction-interval 0.8 --plot none --output @out --time-column day"
                + " --data @a.csv --validation-data @v.csv --test-data @t.csv");
    assertEquals(90, json.path("rows").asInt());
    assertEquals("2024-05-20", json.path("forecast").path("times").path(0).asText());
    Run many =
        run(
            "fine-tune forecast --model @out --data @t.csv --time-column day --series-column y"
                + " --output @tuned");
    assertEquals(2, many.exitCode());
    assertTrue(many.err().contains("it takes a file of one series"), many.err());
  }

  @Test
  void folds() throws IOException {
    texts("a.csv", 24);
    String columns = " --text-column note --label-column kind";
    JsonNode json =
        json(
            "train text --epochs 1 --hidden-size 4 --folds 3 --output @out --data @a.csv"
                + columns);
    assertEquals(24, json.path("folds").path("rows").asInt(), json.toString());
    assertEquals("accuracy", json.path("folds").path("figures").path(0).path("name").asText());
    assertEquals(22, json.path("rows").asInt(), "the model of the usual split is saved");
    write("a.tsv", TinyModels.pairs("abc", 30));
    json = json("train pairs --epochs 1 --hidden-size 4 --folds 2 --output @p --data @a.tsv");
    assertEquals("exact match", json.path("folds").path("figures").path(0).path("name").asText());
  }

  /** Rare labels are dropped from the folds, too, or are one label there. */
  @Test
  void foldsAfterRareLabels() throws IOException {
    texts("a.csv", 24);
    String columns = " --text-column note --label-column kind";
    String rows = Files.readString(folder.resolve("a.csv"));
    write("r.csv", rows + "dim,dusk\ndim,dusk\npale,dawn\n");
    String train = "train text --epochs 1 --hidden-size 4 --folds 2 --output @out --data @r.csv";
    assertEquals(24, json(train + " --rare-labels drop" + columns).at("/folds/rows").asInt());
    assertEquals(27, json(train + " --rare-labels other" + columns).at("/folds/rows").asInt());
  }

  /** ... and so are those of validation rows. */
  @Test
  void validationRowsOfRareLabels() throws IOException {
    texts("a.csv", 20);
    String rows = Files.readString(folder.resolve("a.csv"));
    write("r.csv", rows + "dim,dusk\ndim,dusk\npale,dawn\n");
    texts("v.csv", 4);
    write("v.csv", Files.readString(folder.resolve("v.csv")) + "dim,dusk\n");
    write("d.csv", "note,kind\ndim,dusk\n");
    String train =
        "train text --epochs 1 --hidden-size 4 --output @out --data @r.csv --text-column note"
            + " --label-column kind";
    String own = train + " --validation-data @v.csv --rare-labels ";
    // Two of 20 rows, and one of the three others, are for the test.
    assertEquals(18 + 4, json(own + "drop").path("rows").asInt());
    assertEquals(18 + 2 + 5, json(own + "other").path("rows").asInt());
    Run none = run(train + " --validation-data @d.csv --rare-labels drop");
    assertEquals(2, none.exitCode(), none.err());
    assertTrue(none.err().contains("rows of rare labels only"), none.err());
  }

  @Test
  void aPlateauIsAScheduleOfItsOwn() throws IOException {
    texts("a.csv", 20);
    Run run =
        run(
            "train text --epochs 2 --hidden-size 4 --output @out --data @a.csv --text-column note"
                + " --label-column kind --plateau-patience 1 --plateau-factor 0.25 --retrain"
                + " --batch-size 0");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("epochs in batches of 16,"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "predict --model wordnet-lstm --data @a.csv --output @b.csv --top 2 | --top has no meaning"
            + " with --data",
        "train text --test-data @a.csv | --data",
        "train text --data @a.csv --test-data @a.csv --test-split 0.2 | --test-split has no meaning"
            + " with --test-data",
        "train text --data @a.csv --validation-data @a.csv --validation-split 0.2 |"
            + " --validation-split has no meaning",
        "train text --test-split 1.5 | --test-split must be above 0 and below 1",
        "train text --data @a.csv --text-column note --label-column kind --class-weights dusk=3 |"
            + " \"dusk\"",
        "train text --class-weights day | expected balanced, or each label once",
        "train text --folds 1 | --folds must be from 2",
        "train text --data @a.csv --folds 3 --test-data @a.csv | --folds draws validation and test"
            + " rows",
        "train forecast --folds 5 | Use --backtest N for a series",
        "train text --data @a.csv --text-column note --label-column kind --test-data @b.csv | has"
            + " the label \"dusk\"",
      })
  void whatCannotBeIsRefused(String command, String expected) throws IOException {
    texts("a.csv", 12);
    write("b.csv", "note,kind\nred,dusk\n");
    Run run = run(command);
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(expected), run.err());
  }

  @Test
  void aTableIsScored() throws IOException {
    texts("a.csv", 20);
    json(
        "train text --epochs 1 --hidden-size 4 --output @out --data @a.csv --text-column note"
            + " --label-column kind");
    write("new.csv", "id,note,by\n1,\"the sun, says \"\"she\"\"\",x\n2,,y\n3,\"two\nlines\",z\n");
    Run run = run("predict --model @out --data @new.csv --output @scored.csv");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("3 rows of"), run.out());
    assertTrue(run.out().contains("1 of these rows have no text"), run.out());
    String scored = Files.readString(folder.resolve("scored.csv"));
    assertTrue(
        scored.startsWith(
            "id,note,by,predicted_label,predicted_probability\n1,\"the sun, says \"\"she\"\"\",x,"),
        scored);
    assertTrue(scored.contains("\n2,,y,,\n") && scored.contains("\n3,\"two\nlines\",z,"), scored);
    assertTrue(scored.matches("(?s).*,(day|night),0\\.\\d{4}\n"), scored);
    for (String refused :
        List.of(
            "--data @new.csv",
            "--data @new.csv --output @new.csv",
            "--data @new.csv --output @scored.txt",
            "--data @new.csv --output @o.csv --text-column none",
            "--data @scored.csv --output @o.csv",
            "--output @o.csv text")) {
      assertEquals(2, run("predict --model @out " + refused).exitCode(), refused);
      assertTrue(Files.notExists(folder.resolve("o.csv")), refused);
    }
  }

  @Test
  void aTableIsTranslated() throws IOException {
    write(
        "new.csv", "id,date\n1,12 March 2022\n2,\n3,%s\n4,3 May 1999\n".formatted("9".repeat(200)));
    Run run =
        run("translate --model dates-lstm --data @new.csv --source-column date --output @s.csv");
    assertEquals(2, run.exitCode(), run.out());
    assertTrue(run.err().contains("1 of 4 rows could not be answered; Row 3: "), run.err());
    List<String> scored = Files.readAllLines(folder.resolve("s.csv"));
    assertEquals("id,date,predicted_target,predicted_probability", scored.get(0));
    assertTrue(scored.get(1).matches("1,12 March 2022,2022-03-12,[01]\\.\\d{4}"), scored.get(1));
    assertEquals("2,,,", scored.get(2));
    assertTrue(scored.get(3).endsWith("9,,"), scored.get(3));
    assertTrue(scored.get(4).contains("1999-05-03"), scored.get(4));
    for (String refused :
        List.of(
            "--data @new.csv --source-column date",
            "--data @new.csv --output @o.csv",
            "--data @new.csv --source-column date --output @o.csv --explain",
            "--output @o.csv text")) {
      assertEquals(2, run("translate --model dates-lstm " + refused).exitCode(), refused);
      assertTrue(Files.notExists(folder.resolve("o.csv")), refused);
    }
  }
}
