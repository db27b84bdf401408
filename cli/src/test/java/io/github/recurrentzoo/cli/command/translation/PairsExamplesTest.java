package io.github.recurrentzoo.cli.command.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** NormalizeDates, PronounceWords and TranslateText, with tiny networks. */
class PairsExamplesTest {
  private static final List<String> TINY =
      List.of("--epochs", "1", "--hidden-size", "6", "--embedding-size", "4", "--dropout", "0");

  @TempDir Path folder;

  private static String[] with(String... more) {
    return Stream.concat(TINY.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static Run dates(String... args) {
    return Run.command("train dates", args);
  }

  private static Run words(String... args) {
    return Run.command("train pronunciation", args);
  }

  private static Run translate(String... args) {
    return Run.command("translate", args);
  }

  @Test
  void datesTrainSaveAndAsk() throws IOException {
    Path model = folder.resolve("dates/model.zip");
    Run run =
        dates(
            with(
                "--from-year",
                "2020",
                "--to-year",
                "2020",
                "--formats-per-date",
                "2",
                "--output",
                model.getParent().toString()));
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("Writing all dates from 2020 to 2020 in 2 of 60 ways each."));
    assertTrue(run.out().contains("symbol error rate  "), run.out());
    assertTrue(
        run.out().contains("recurrent-zoo translate --model " + model.getParent()), run.out());

    String page = Files.readString(model.resolveSibling("report.html"));
    assertTrue(page.contains("Worst mistakes") && page.contains("symbol error rate"), page);
    assertTrue(page.contains("Where the network looks"), page);
    Run asked = translate("--model", model.toString(), "--beam-size", "3", "1 mai 2020", "β mai");
    assertEquals("", asked.err());
    assertTrue(
        asked.out().matches("1 mai 2020\n  .*\\(probability [01]\\.\\d{3}.*\\)\nβ mai\n  .*\n"),
        asked.out());
    Path file = Files.writeString(folder.resolve("texts.txt"), "\uFEFF1 mai 2020\n\n2 mai 2020");
    Run lines = translate("--model", model.toString(), "--file", file.toString());
    assertTrue(lines.out().matches(".*\t1 mai 2020\n\t\n.*\t2 mai 2020\n"), lines.out());
    Path long1 =
        Files.writeString(folder.resolve("long.txt"), "1 mai 2020\n" + "1".repeat(101) + "\n2 mai");
    Run oneRefused = translate("--model", model.toString(), "--file", long1.toString());
    assertEquals(2, oneRefused.exitCode());
    assertTrue(oneRefused.out().matches(".*\t1 mai 2020\n\t1{101}\n.*\t2 mai\n"), oneRefused.out());
    assertTrue(
        oneRefused.err().contains("1 of 3 lines could not be answered; Line 2: "),
        oneRefused.err());
    Run json = translate("--json", "--model", model.toString(), "--file", long1.toString());
    List<String> documents = json.out().lines().toList();
    assertEquals(3, documents.size(), json.out());
    assertEquals("2 mai", new ObjectMapper().readTree(documents.get(2)).get("text").textValue());
    assertTrue(new ObjectMapper().readTree(documents.get(1)).get("output").isNull());
    Run tooLong = translate("--model", model.toString(), "1".repeat(101));
    assertEquals(2, tooLong.exitCode());
    assertTrue(tooLong.err().contains("has 101 characters, but 100 at most"), tooLong.err());
  }

  @Test
  void wordsTrain() throws IOException {
    Path model = folder.resolve("words/model.zip");
    Run run =
        words(
            with(
                "--words",
                "300",
                "--recurrence",
                "rrnn",
                "--attention",
                "--output",
                model.getParent().toString()));
    assertEquals("", run.err());
    String page = Files.readString(model.resolveSibling("report.html"));
    assertTrue(page.contains("Where the network looks"), page);
    assertTrue(run.out().contains("on 270 pairs; 30 more pairs are held out"), run.out());
    assertTrue(run.out().contains("edits on") && run.out().contains("tokens)"), run.out());
  }

  @Test
  void pairsOfTheUser() throws IOException {
    Path data =
        Files.writeString(
            folder.resolve("pairs.csv"), "from,to\n" + "a,x\nb,y\nab,xy\nba,yx\n".repeat(10));
    String output = folder.resolve("pairs").toString();
    Run run =
        dates(
            with(
                "--data",
                data.toString(),
                "--source-column",
                "from",
                "--target-column",
                "to",
                "--output",
                output));
    assertEquals("", run.err());
    assertTrue(run.out().contains(" was expected"), run.out());

    Path plain = Files.writeString(folder.resolve("plain.csv"), "a,x\nba,yx\n");
    Run evaluated = Run.command("evaluate", "--model", output, "--data", plain.toString());
    assertEquals("", evaluated.err());
    assertTrue(evaluated.out().contains("names no columns \"from\" and \"to\""), evaluated.out());
    assertTrue(evaluated.out().contains("of 2"), evaluated.out());
    Path three = Files.writeString(folder.resolve("three.csv"), "a,b,c\na,x,y\n");
    Run noColumn = Run.command("evaluate", "--model", output, "--data", three.toString());
    assertTrue(noColumn.err().contains("no column \"from\""), noColumn.err());

    Run ways = dates("--data", data.toString(), "--formats-per-date", "2");
    assertEquals(2, ways.exitCode());
    assertTrue(ways.err().contains("--formats-per-date has no meaning with --data"), ways.err());
    Run marks = words("--data", data.toString(), "--stress-marks");
    assertTrue(marks.err().contains("--stress-marks has no meaning with --data"), marks.err());
    Run header = words(with("--data", data.toString(), "--output", output, "--source-column", "x"));
    assertEquals(2, header.exitCode());
    assertTrue(header.err().contains("Give both --source-column and --target-column"));
    Path bad = Files.writeString(folder.resolve("bad.tsv"), "a\tb\nc\t\n");
    Run empty = words(with("--data", bad.toString(), "--output", output));
    assertEquals(2, empty.exitCode());
    assertTrue(empty.err().contains("bad.tsv, line 2: the target is empty"), empty.err());
    Run noData = dates("--delimiter", "tab");
    assertTrue(noData.err().contains("apply to a file only; name one with --data"), noData.err());
  }
}
