package io.github.recurrentzoo.cli.command.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class SequenceCommandsTest {
  @TempDir Path folder;

  /** Windows of a sensor that swings slowly or fast, of ten persons, a row per step. */
  private static String windows(int count, String slow) {
    Random random = new Random(3);
    StringBuilder file = new StringBuilder("window,at,person,kind,x,y\n");
    for (int i = 0; i < count; i++) {
      boolean fast = random.nextBoolean();
      int steps = 12 + random.nextInt(6);
      double phase = 6 * random.nextDouble();
      for (int t = 0; t < steps; t++) {
        double x = 100 + 5 * Math.sin(phase + t * (fast ? 1.6 : 0.4));
        file.append(
            "w%d,%d,p%d,%s,%s,%s\n"
                .formatted(
                    i,
                    t,
                    i % 10,
                    fast ? "fast" : slow,
                    x,
                    random.nextInt(9) == 0 ? "" : random.nextDouble()));
      }
    }
    return file.toString();
  }

  private Run train(int epochs, String... more) throws IOException {
    Path data = Files.writeString(folder.resolve("windows.csv"), windows(120, "slow"));
    List<String> args =
        new ArrayList<>(
            List.of(
                "--data", data.toString(),
                "--id-column", "window",
                "--time", "at",
                "--label", "kind",
                "--channels", "x,y",
                "--output", folder.resolve("out").toString(),
                "--hidden-size", "12",
                "--learning-rate", "0.01",
                "--epochs", "" + epochs,
                "--seed", Run.SEED));
    args.addAll(List.of(more));
    return Run.command("train sequences", args.toArray(String[]::new));
  }

  private static JsonNode json(Run run) throws IOException {
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Tag("learning")
  @Test
  void trainsThenEvaluatesClassifiesAndFineTunes() throws IOException {
    Run run = train(20, "--group", "person", "--test-split", "0.2");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(
        run.out().contains("96 sequences of 2 channels and 12 to 17 steps; 24 more are held out"),
        run.out());
    assertTrue(run.out().contains("1-nearest neighbor (DTW, band 10 %)"), run.out());
    assertTrue(run.out().contains("recurrent-zoo classify --model "), run.out());
    String page = Files.readString(folder.resolve("out/report.html"));
    assertTrue(page.contains("Some sequences"), "the page");
    String model = folder.resolve("out").toString();
    String data = folder.resolve("windows.csv").toString();

    JsonNode report =
        json(Run.command("evaluate", "--model", model, "--data", data, "--json")).get("report");
    assertTrue(report.get("accuracy").asDouble() > 0.9, report.toString());
    assertEquals(120, report.get("rows").asInt());

    Run classified = Run.command("classify", "--model", model, "--data", data);
    assertEquals(0, classified.exitCode(), classified.err());
    List<String> lines = classified.out().lines().toList();
    assertEquals(120, lines.size());
    assertTrue(lines.get(0).matches("w0\t(fast|slow)\t[01]\\.\\d{3}"), lines.get(0));
    Run turned = Run.command("classify", "--model", model, "--data", data, "--channels", "y,x");
    assertEquals(classified.out(), turned.out());
    Path unlabeled =
        Files.writeString(folder.resolve("one.csv"), "y,x,at,window\n1,100,0,a\n2,105,1,a\n");
    JsonNode asked =
        json(Run.command("classify", "--model", model, "--data", unlabeled.toString(), "--json"));
    assertEquals("a", asked.get("id").asText());
    assertEquals(2, asked.get("steps").asInt());
    assertEquals(2, asked.get("probabilities").size());

    Path other = Files.writeString(folder.resolve("other.csv"), windows(60, "still"));
    Run foreign = Run.command("evaluate", "--model", model, "--data", other.toString());
    assertTrue(foreign.exitCode() != 0, foreign.out());
    assertTrue(
        foreign.err().contains("the label \"still\", which the classifier has never seen"),
        foreign.err());
    JsonNode tuned =
        json(
            Run.command(
                "fine-tune sequences",
                "--model",
                model,
                "--data",
                other.toString(),
                "--output",
                folder.resolve("tuned").toString(),
                "--epochs",
                "1",
                "--json"));
    assertEquals("still", tuned.get("mapping").get("names").get(0).get("added").get(0).asText());
  }

  /** The baseline has all right, since x and y are told by their names and not by their order. */
  @Test
  void aTestFileMayHaveItsColumnsInAnotherOrder() throws IOException {
    StringBuilder rows = new StringBuilder();
    StringBuilder turned = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      for (int t = 0; t < 4; t++) {
        int x = i % 2 * 9 + t;
        int y = (1 - i % 2) * 9 + i;
        rows.append("%d,%s,%d,%d%n".formatted(i, i % 2 == 0 ? "k" : "l", x, y));
        turned.append("%d,%s,%d,%d%n".formatted(i, i % 2 == 0 ? "k" : "l", y, x));
      }
    }
    Path data = Files.writeString(folder.resolve("xy.csv"), "id,label,x,y\n" + rows);
    Path test = Files.writeString(folder.resolve("yx.csv"), "id,label,y,x\n" + turned);
    JsonNode report =
        json(Run.command(
                "train sequences",
                "--data",
                data.toString(),
                "--test-data",
                test.toString(),
                "--output",
                folder.resolve("out").toString(),
                "--hidden-size",
                "4",
                "--epochs",
                "1",
                "--json"))
            .get("report");
    assertEquals(1, report.get("baseline").get("accuracy").asDouble(), report.toString());
  }

  /** A tsv of the archive with a test file of its own, and a convolution. */
  @Test
  void readsTheArchivesFiles() throws IOException {
    StringBuilder rows = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 12; i++) {
      rows.append(1 + i % 2);
      for (int t = 0; t < 20; t++) {
        rows.append('\t').append(i % 2 * t + random.nextDouble());
      }
      rows.append('\n');
    }
    Path data = Files.writeString(folder.resolve("A_TRAIN.tsv"), rows);
    Path test = Files.writeString(folder.resolve("A_TEST.tsv"), rows);
    String model = folder.resolve("out").toString();
    Run run =
        Run.command(
            "train sequences",
            "--data",
            data.toString(),
            "--test-data",
            test.toString(),
            "--output",
            model,
            "--stride",
            "2",
            "--hidden-size",
            "4",
            "--epochs",
            "1",
            "--retrain");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("(32 filters of 5 steps, stride 2)"), run.out());
    assertTrue(run.out().contains("12 sequences of 1 channel and 20 steps; 12 more"), run.out());
    Run classified =
        Run.command("classify", "--model", model, "--data", test.toString(), "--top", "2");
    assertTrue(classified.out().startsWith("line 1\t"), classified.out() + classified.err());
    assertEquals(5, classified.out().lines().findFirst().orElseThrow().split("\t").length);
  }

  /** What a recipe sets is no option of the command line. */
  @Test
  void chartsCanBeLearnedWithoutTheConvolutionOfTheirRecipe() {
    String model = folder.resolve("charts").toString();
    Run run =
        Run.command(
            "train sequences", "--filters", "0", "--epochs", "1", "--output", model, "--seed", "7");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("on 300 sequences of 1 channel and 60 steps; 1,200"), run.out());
    Run again = Run.command("evaluate", "--model", model);
    assertTrue(again.out().contains("Drawing the held-out control charts."), again.err());
    String table = again.out().substring(again.out().indexOf("1,200 sequences;"));
    assertTrue(run.out().contains(table.lines().skip(2).findFirst().orElseThrow()), table);
  }

  @Test
  void badOptionsAreRefused() throws IOException {
    refused(Run.command("train sequences", "--id", "a"), "name one with --data");
    refused(Run.command("train sequences", "--filters", "-1"), "--filters must be from 0");
    refused(
        Run.command("train sequences", "--filters", "0", "--stride", "2"), "but --filters is 0");
    refused(
        Run.command("train sequences", "--stride", "4", "--filter-width", "2"), "--stride is 4");
    refused(Run.command("train sequences", "--window", "0"), "--window must be above 0");
    refused(Run.command("train sequences", "--test-split", "0.3"), "--test-split");
    refused(Run.command("fine-tune sequences"), "There is no training data");
    refused(Run.command("classify"), "There are no sequences");
    Path few = Files.writeString(folder.resolve("few.csv"), "id,x,label\n1,2,a\n2,3,b\n3,4,b\n");
    refused(
        Run.command("train sequences", "--data", few.toString()),
        "each label needs at least 3 sequences");
    Path one = Files.writeString(folder.resolve("one.csv"), "id,x,label\n1,2,a\n2,3,a\n");
    refused(
        Run.command("train sequences", "--data", one.toString()),
        "all 2 sequences have the label \"a\"");
  }

  private static void refused(Run run, String expected) {
    assertTrue(run.exitCode() != 0 && run.err().contains(expected), run.err() + run.out());
  }
}
