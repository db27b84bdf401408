package io.github.recurrentzoo.cli.command.tagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
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

class TaggingCommandsTest {
  @TempDir Path folder;

  /** Names in IOB1 between other words: a capital begins a name, of two words now and then. */
  private static String names(int sentences, String type) {
    Random random = new Random(3);
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      int words = 4 + random.nextInt(5);
      for (int t = 0; t < words; t++) {
        if (random.nextInt(3) == 0) {
          file.append("X").append(random.nextInt(50)).append("m I-").append(type).append('\n');
          if (random.nextBoolean()) {
            file.append("Y").append(random.nextInt(50)).append("n I-").append(type).append('\n');
          }
        }
        file.append("w").append(random.nextInt(20)).append(" O\n");
      }
      file.append('\n');
    }
    return file.toString();
  }

  private Run train(int epochs, String... more) throws IOException {
    Path data = Files.writeString(folder.resolve("names.conll"), names(200, "PER"));
    List<String> args =
        new ArrayList<>(
            List.of(
                "--data",
                data.toString(),
                "--output",
                folder.resolve("out").toString(),
                "--hidden-size",
                "12",
                "--embedding-size",
                "8",
                "--learning-rate",
                "0.01",
                "--epochs",
                "" + epochs,
                "--seed",
                Run.SEED));
    args.addAll(List.of(more));
    return Run.command("train tagging", args.toArray(String[]::new));
  }

  private static JsonNode json(Run run) throws IOException {
    assertEquals(0, run.exitCode(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Tag("learning")
  @Test
  void trainsThenEvaluatesTagsAndFineTunes() throws IOException {
    Run run = train(8);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("The labels mark spans in IOB1"), run.out());
    assertTrue(run.out().contains("20 more are held out as test set."), run.out());
    assertTrue(run.out().contains("baseline  "), run.out());
    assertTrue(run.out().contains("recurrent-zoo tag --model "), run.out());
    String page = Files.readString(folder.resolve("out/report.html"));
    assertTrue(page.contains("Answers by label"), "the page");
    String model = folder.resolve("out").toString();
    String data = folder.resolve("names.conll").toString();

    JsonNode report =
        json(Run.command("evaluate", "--model", model, "--data", data, "--json")).get("report");
    assertTrue(report.get("spanF1").asDouble() > 0.9, report.toString());
    assertEquals(3, report.get("labels").size());

    JsonNode words =
        json(Run.command("tag", "--model", model, "--json", "w3 X7m Y9n w4.")).get("words");
    assertEquals(5, words.size());
    assertEquals("X7m", words.get(1).get("word").asText());
    assertEquals("B-PER", words.get(1).get("label").asText());
    assertEquals(3, words.get(1).get("start").asInt());
    Path lines = Files.writeString(folder.resolve("lines.txt"), "w3 X7m\nw4\n");
    Run asked = Run.command("tag", "--model", model, "--words", "--file", lines.toString());
    assertEquals("w3\tO\nX7m\tB-PER\n\nw4\tO\n\n", asked.out());

    Path other = Files.writeString(folder.resolve("other.conll"), names(60, "LOC"));
    Run foreign = Run.command("evaluate", "--model", model, "--data", other.toString());
    assertEquals(0, foreign.exitCode(), foreign.err());
    assertTrue(
        foreign.out().contains("does not know 2 of the labels, whose words count as wrong: B-LOC"),
        foreign.out());
    JsonNode tuned =
        json(
            Run.command(
                "fine-tune tagging",
                "--model",
                model,
                "--data",
                other.toString(),
                "--output",
                folder.resolve("tuned").toString(),
                "--epochs",
                "1",
                "--json"));
    assertEquals("B-LOC", tuned.get("mapping").get("names").get(0).get("added").get(0).asText());
  }

  @Test
  void withACrf() throws IOException {
    Run run = train(1); // since the labels mark spans
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("with a CRF on"), run.out());
    String model = folder.resolve("out").toString();
    JsonNode words =
        json(Run.command("tag", "--model", model, "--json", "w3 X7m Y9n w4.")).get("words");
    assertEquals(5, words.size());
    assertEquals(true, SequenceTagger.load(folder.resolve("out/model.zip")).info().option("crf"));
    Path data = folder.resolve("names.conll");
    refused(
        Run.command(
            "fine-tune tagging",
            "--model",
            model,
            "--data",
            data.toString(),
            "--class-weights",
            "balanced"),
        "Leave out --class-weights");
    refused(train(1, "--crf", "--class-weights", "balanced"), "does not go with --crf");
  }

  @Test
  void classWeightsAndExplanations() throws IOException {
    Run run = train(1, "--class-weights", "balanced", "--no-affixes");
    assertEquals(0, run.exitCode(), run.err());
    String card = Files.readString(folder.resolve("out/MODEL_CARD.md"));
    assertEquals(
        false, SequenceTagger.load(folder.resolve("out/model.zip")).info().option("crf"), card);
    String model = folder.resolve("out").toString();
    Run asked = Run.command("tag", "--model", model, "w3 zzz w4");
    assertTrue(
        asked.out().contains("Not in the vocabulary, and read as an unknown word: zzz"),
        asked.out());
    Run explained = Run.command("tag", "--model", model, "--explain", "w3 zzz w4");
    assertTrue(explained.out().matches("(?s).*w3\\[[+-].*zzz\\[\\?[+-].*"), explained.out());
    JsonNode word =
        json(Run.command("tag", "--model", model, "--explain", "--words", "--json", "w3 zzz w4"))
            .get("words")
            .get(1);
    assertEquals(3, word.get("contributions").size());
    assertEquals(false, word.get("known").asBoolean());
    assertEquals(
        word.get("contributions").get(1).asDouble(),
        word.get("features").get("word").asDouble(),
        1e-6);
    refused(train(1, "--class-weights", "B-XX=2"), "\"B-XX\"");
  }

  /** It does nothing here, but a text that names it says so. */
  @Test
  void teacherForcingIsNotInTheHelp() {
    String help = Run.command("train tagging", "--help").out();
    assertTrue(help.contains("--patience") && !help.contains("--teacher-forcing"), help);
    refused(
        Run.command("train tagging", "--teacher-forcing", "0.5"),
        "--teacher-forcing and --teacher-forcing-decay are for networks that read their own output");
  }

  @Test
  void badOptionsAreRefused() throws IOException {
    refused(Run.command("train tagging", "--word-column", "1"), "name one with --data");
    refused(Run.command("train tagging", "--max-length", "0"), "--max-length must be from 1");
    refused(Run.command("fine-tune tagging"), "There is no training data");
    refused(Run.command("tag", "a"), "No model is named");
    Path one = Files.writeString(folder.resolve("one.conll"), "a X\nb Y\n");
    refused(
        Run.command("train tagging", "--data", one.toString()),
        "has 1 sentence; expected 3 at least");
  }

  @Test
  void testLabelsThatTrainingLacksAreTold() throws IOException {
    Path loc = Files.writeString(folder.resolve("loc.conll"), names(20, "LOC"));
    Run run = train(1, "--test-data", loc.toString());
    assertTrue(
        run.out()
            .contains("2 of 3 labels in " + loc + " are not in the training data (B-LOC, I-LOC)"),
        run.out());
    Path other = Files.writeString(folder.resolve("x.conll"), "w1 X\nw2 Y\n");
    refused(train(1, "--test-data", other.toString()), "none of its labels (X, Y)");
  }

  private static void refused(Run run, String expected) {
    assertTrue(run.exitCode() != 0 && run.err().contains(expected), run.err());
  }
}
