package io.github.recurrentzoo.cli.command.anomalies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class AnomalyCommandsTest {
  @TempDir Path folder;

  /** A sensor by day, with a fault of three days each hundred days. */
  private Path data(String name, int rows) throws IOException {
    Random random = new Random(3);
    StringBuilder file = new StringBuilder("day,flow,note,fault\n");
    for (int t = 0; t < rows; t++) {
      boolean fault = t % 100 > 96;
      double flow = 50 + 8 * Math.sin(2 * Math.PI * t / 7) + random.nextGaussian();
      file.append(
          "%s,%s,n%d,%d\n"
              .formatted(
                  LocalDate.of(2020, 1, 1).plusDays(t), flow + (fault ? 40 : 0), t, fault ? 1 : 0));
    }
    return Files.writeString(folder.resolve(name), file);
  }

  private Run train(String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--data", data("pump.csv", 700).toString(),
                "--time-column", "day",
                "--columns", "flow",
                "--window", "14",
                "--hidden-size", "8",
                "--epochs", "6",
                "--learning-rate", "0.01",
                "--threshold-quantile", "0.98",
                "--output", folder.resolve("out").toString(),
                "--seed", Run.SEED));
    args.addAll(List.of(more));
    return Run.command("train anomalies", args.toArray(String[]::new));
  }

  private static JsonNode json(Run run) throws IOException {
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void fineTunesOnAnotherPump() throws IOException {
    assertEquals(0, train().exitCode());
    String model = folder.resolve("out").toString();
    String[] args = {
      "--model",
      model,
      "--data",
      data("pump2.csv", 500).toString(),
      "--epochs",
      "2",
      "--seed",
      Run.SEED,
      "--output",
      folder.resolve("tuned").toString()
    };
    JsonNode tuned = json(Run.command("fine-tune anomalies", with(args, "--json")));
    assertEquals(model, tuned.get("from").asText());
    assertTrue(tuned.has("before"), tuned.toString());
    AnomalyDetector detector = AnomalyDetector.load(folder.resolve("tuned/model.zip"));
    assertEquals(14, detector.options().window());
    assertEquals(400, detector.provenance().rows());
    assertTrue(detector.provenance().origin() != null);
    Run labelled = Run.command("fine-tune anomalies", with(args, "--label-column", "fault"));
    assertEquals(0, labelled.exitCode(), labelled.err());
    assertTrue(labelled.out().contains("before and after fine-tuning"), labelled.out());
    assertTrue(labelled.out().contains("recurrent-zoo detect --model "), labelled.out());
    Run refused = Run.command("fine-tune anomalies", with(args, "--retrain"));
    assertTrue(refused.err().contains("--retrain have no meaning"), refused.err());
    Run frozen = Run.command("fine-tune anomalies", with(args, "--freeze", "embedding"));
    assertTrue(frozen.err().contains("has no embedding"), frozen.err());
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void trainsEvaluatesAndDetects() throws IOException {
    Run run = train("--label-column", "fault");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("on 560 rows, 15 known anomalies left out"), run.out());
    assertTrue(run.out().contains("seasonal median"), run.out());
    assertTrue(run.out().contains("recurrent-zoo detect --model "), run.out());
    String page = Files.readString(folder.resolve("out/report.html"));
    assertTrue(page.contains("Marked steps") && page.contains("known anomaly"), "the page");

    String model = folder.resolve("out").toString();
    String fresh = data("fresh.csv", 600).toString();
    Path csv = folder.resolve("scores.csv");
    Path picture = folder.resolve("marks.svg");
    JsonNode marks =
        json(
            Run.command(
                "detect",
                "--model",
                model,
                "--data",
                fresh,
                "--label-column",
                "fault",
                "--csv",
                csv.toString(),
                "--plot",
                picture.toString(),
                "--json"));
    assertEquals(1, marks.get("measures").get("eventRecall").asDouble(), marks.toString());
    assertEquals("flow", marks.get("ranges").get(0).get("channel").asText());
    List<String> lines = Files.readAllLines(csv);
    assertEquals("time,flow,score,marked,channel", lines.get(0));
    assertEquals(601, lines.size());
    assertTrue(lines.get(98).matches("2020-04-07,[0-9.]+,[0-9.]+,1,flow"), lines.get(98));
    assertTrue(Files.readString(picture).contains("known anomaly"));

    Run plain = Run.command("detect", "--model", model, "--data", fresh);
    assertTrue(plain.out().contains("2020-04-07  2020-04-09"), plain.out());
    Run noPlot = Run.command("detect", "--model", model, "--data", fresh, "--plot", "none");
    assertEquals(plain.out(), noPlot.out(), noPlot.err());
    assertTrue(plain.out().contains("of normal steps, 2.0 % at most are expected to be"));

    JsonNode evaluated =
        json(Run.command("evaluate", "--model", model, "--data", fresh, "--json")).get("report");
    assertEquals("synthetic", evaluated.get("anomalies").asText());
    assertEquals(5, evaluated.get("draws").asInt());
    assertEquals(120, evaluated.get("steps").asInt(), "a fifth of the rows, once");
    JsonNode labelled =
        json(Run.command(
                "evaluate", "--model", model, "--data", fresh, "--label-column", "fault", "--json"))
            .get("report");
    assertEquals("labels", labelled.get("anomalies").asText());
    assertEquals(3, labelled.get("methods").size());
    assertEquals(0, labelled.get("draws").asInt());
    assertEquals(120, labelled.get("steps").asInt());
    assertEquals(0, labelled.get("leftOut").size());

    String few = data("few.csv", 100).toString();
    Run tooFew = Run.command("evaluate", "--model", model, "--data", few);
    assertEquals(0, tooFew.exitCode(), tooFew.err());
    assertTrue(tooFew.out().contains("The moving median is left out"), tooFew.out());
  }

  @Test
  void aForecasterOfManySeriesDoesNotDetect() throws IOException {
    StringBuilder file = new StringBuilder("day,shop,sold\n");
    for (String shop : List.of("north", "south")) {
      for (int t = 0; t < 150; t++) {
        file.append("%s,%s,%s\n".formatted(LocalDate.of(2024, 1, 1).plusDays(t), shop, 20 + t % 7));
      }
    }
    String data = Files.writeString(folder.resolve("shops.csv"), file).toString();
    String out = folder.resolve("shops").toString();
    Run trained =
        Run.command(
            "train forecast",
            "--data",
            data,
            "--time-column",
            "day",
            "--series-column",
            "shop",
            "--target",
            "sold",
            "--lookback",
            "10",
            "--horizon",
            "7",
            "--hidden-size",
            "4",
            "--epochs",
            "1",
            "--output",
            out);
    assertEquals(0, trained.exitCode(), trained.err());
    refused("detect", "is a forecaster of many series", "--model", out, "--data", data);
  }

  @Test
  void teacherForcingIsNotInTheHelp() {
    String help = Run.command("train anomalies", "--help").out();
    assertTrue(help.contains("--patience") && !help.contains("--teacher-forcing"), help);
  }

  @Test
  void severalSeriesAreRefusedInTheWordsOfOne() throws IOException {
    for (String command : List.of("train anomalies", "detect", "fine-tune anomalies")) {
      String help = Run.command(command, "--help").out();
      assertTrue(help.contains("births (daily)") && help.contains("--time-column"), help);
      assertFalse(help.contains("unemployment") || help.contains("--series-column"), help);
    }
    assertTrue(Run.command("train forecast", "--help").out().contains("unemployment"));
    refused(
        "train anomalies",
        "--dataset unemployment holds several series; anomalies are looked for in one. Give a file with one series.",
        "--dataset",
        "unemployment",
        "--output",
        folder.resolve("no").toString());
    StringBuilder file = new StringBuilder("day,shop,sold\n");
    for (int row = 0; row < 60; row++) {
      file.append("%s,%d,5\n".formatted(LocalDate.of(2024, 1, 1).plusDays(row / 2), row % 2));
    }
    String[] shops = {
      "--data",
      Files.writeString(folder.resolve("both.csv"), file).toString(),
      "--time-column",
      "day",
      "--columns",
      "sold",
      "--output",
      folder.resolve("no").toString()
    };
    refused(
        "train anomalies",
        "if the file holds several series, give a file with one of them, for anomalies are looked for in one; otherwise keep one row of each time.",
        shops);
    refused(
        "train anomalies",
        "--series-column tells several series apart; anomalies are looked for in one.",
        with(shops, "--series-column", "shop"));
  }

  @Test
  void aForecasterDetectsToo() throws IOException {
    JsonNode marks =
        json(
            Run.command(
                "detect", "--model", "co2-concentration-lstm", "--dataset", "co2", "--json"));
    assertEquals("CO2", marks.get("channels").get(0).asText());
    assertEquals(0.1, marks.get("expectedShare").asDouble(), 1e-9);
    assertTrue(marks.get("marked").asInt() > 0, marks.toString());
  }

  @Test
  void refusesWhatCannotBe() throws IOException {
    refused("train anomalies", "--columns", "--data", data("pump.csv", 300).toString());
    refused("train anomalies", "--window must be from 2", "--window", "1");
    refused("train anomalies", "--threshold-quantile must be above 0", "--threshold-quantile", "1");
    refused("train anomalies", "--calendar-features knows", "--calendar-features", "moon");
    refused(
        "train anomalies",
        "have no meaning for anomalies",
        "--data",
        "x.csv",
        "--test-data",
        "y.csv");
    refused(
        "detect",
        "expected a model of train anomalies",
        "--model",
        "wordnet-lstm",
        "--dataset",
        "co2");
    refused(
        "detect",
        "draws SVG",
        "--model",
        "co2-concentration-lstm",
        "--dataset",
        "co2",
        "--plot",
        "m.png");
    Path data = data("pump.csv", 300);
    refused(
        "detect",
        "the rows would be lost",
        "--model",
        "co2-concentration-lstm",
        "--data",
        data.toString(),
        "--csv",
        data.resolveSibling(".").resolve(data.getFileName()).toString());
    Run labels =
        Run.command(
            "train anomalies",
            "--data",
            data.toString(),
            "--time-column",
            "day",
            "--columns",
            "fault",
            "--label-column",
            "flow",
            "--output",
            folder.resolve("no").toString());
    assertTrue(labels.err().contains("expected 1 at known anomalies"), labels.err());
  }

  private static void refused(String command, String message, String... args) {
    Run run = Run.command(command, args);
    assertTrue(run.exitCode() != 0, run.out());
    assertTrue(run.err().contains(message), run.err());
  }
}
