package io.github.recurrentzoo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.cli.TinyModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What {@code --json} prints of a training and what metrics.json holds are the same tree. */
class OneReportTest {

  @TempDir Path folder;

  private JsonNode report(String task, Run run) throws IOException {
    assertEquals(0, run.exitCode(), run.err());
    ObjectMapper mapper = new ObjectMapper();
    JsonNode printed = mapper.readTree(run.out());
    JsonNode saved = mapper.readTree(folder.resolve("metrics.json").toFile());
    assertEquals(2, saved.at("/format").intValue());
    assertEquals(task, printed.at("/task").textValue());
    for (String field : List.of("task", "parameters", "bestEpoch", "report")) {
      assertTrue(printed.has(field), field + " of " + run.out());
      assertEquals(printed.get(field), saved.get(field), field);
    }
    return printed.get("report");
  }

  private String[] args(String data, String name, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve(name), data);
    List<String> args =
        new ArrayList<>(
            List.of("--data", file.toString(), "--output", folder.toString(), "--json"));
    args.addAll(List.of("--epochs", "1", "--hidden-size", "8"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  @Test
  void classification() throws IOException {
    String rows = "text,label\n" + "a good film,good\nbad,poor\na fine one,good\n".repeat(10);
    JsonNode report = report("text-classification", Run.train(args(rows, "films.csv")));
    assertEquals("good", report.at("/mostFrequentLabel").textValue());
    assertEquals(2.0 / 3, report.at("/baselineAccuracy").doubleValue(), 0.05);
  }

  @Test
  void forecasting() throws IOException {
    Run run =
        Run.command(
            "train forecast",
            args(
                TinyModels.waves("y,x", 0, 120, 1),
                "waves.csv",
                "--target",
                "y",
                "--time-column",
                "day",
                "--lookback",
                "8",
                "--horizon",
                "3",
                "--seasonality",
                "9",
                "--plot",
                "none"));
    JsonNode report = report("forecasting", run);
    assertTrue(report.at("/targets/0/network/mae").doubleValue() > 0, report.toString());
    assertEquals(3, report.at("/targets/0/network/stepMae").size());
  }

  /** The page of an evaluation has what it prints. */
  @Test
  void evaluationsArePagesToo() throws IOException {
    TinyModels.translator(folder);
    Path page = folder.resolve("evaluated.html");
    String[] args = {
      "--model", folder.toString(), "--data", folder.resolve("p.tsv").toString(), "--json"
    };
    Run run = Run.command("evaluate", with(args, page));
    assertEquals(0, run.exitCode(), run.err());
    JsonNode report = new ObjectMapper().readTree(run.out()).get("report");
    String text = Files.readString(page);
    assertTrue(text.contains("<dt>exact match</dt>") && text.contains("Model card"), text);
    assertTrue(report.at("/exactMatch").doubleValue() >= 0, report.toString());
    Run refused = Run.command("evaluate", with(args, folder.resolve("page.txt")));
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("--report names an HTML file"), refused.err());
  }

  private static String[] with(String[] args, Path page) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--report", page.toString()));
    return all.toArray(String[]::new);
  }

  @Test
  void generation() throws IOException {
    Run run =
        Run.command(
            "train generation",
            args("the cat sat on the mat.\n".repeat(40), "cat.txt", "--segment-length", "16"));
    JsonNode report = report("text-generation", run);
    assertTrue(report.at("/baselineBitsPerCharacter").doubleValue() > 0, report.toString());
  }

  @Test
  void translation() throws IOException {
    Run run = Run.command("train pairs", args(TinyModels.pairs("abcd", 100), "pairs.tsv"));
    JsonNode report = report("sequence-to-sequence", run);
    assertEquals(report.at("/mistakes").intValue(), report.at("/worstMistakes").size());
    assertEquals(0, report.at("/baselineExactMatch").doubleValue());
  }
}
