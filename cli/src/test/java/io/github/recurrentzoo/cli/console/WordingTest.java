package io.github.recurrentzoo.cli.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are printed can be typed as they stand. */
class WordingTest {

  private static final Path MODEL = Path.of("my models/a.zip");

  @ParameterizedTest
  @DisabledOnOs(OS.WINDOWS)
  @ValueSource(
      strings = {
        "some text",
        "I don't know",
        "say \"yes\"",
        "don't say \"no\"",
        "cost $5 `now`",
        "back\\slash",
        "'wow!' he \"said\""
      })
  void aShellPassesTheTextOn(String text) throws IOException, InterruptedException {
    String arguments =
        "--model %s %s".formatted(Wording.argument(MODEL.toString()), Wording.quoted(text));
    assertEquals(
        List.of("recurrent-zoo", "predict", "--model", MODEL.toString(), text),
        shell(Wording.command("predict", arguments)));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLongExampleGoesOnInTheNextLineAsAShellTakesIt() throws IOException, InterruptedException {
    String arguments =
        " --data reviews.csv --text-column review --label-column stars 'a text of some length'";
    String[] lines = Wording.expand("predict", "Examples:", "{}" + arguments);
    assertTrue(lines.length > 2, String.join("\n", lines));
    for (String line : lines) {
      assertTrue(line.length() < 80, line);
    }
    String wrapped = String.join("\n", List.of(lines).subList(1, lines.length));
    List<String> words = shell(wrapped.strip());
    assertEquals(
        List.of(
            "--data",
            "reviews.csv",
            "--text-column",
            "review",
            "--label-column",
            "stars",
            "a text of some length"),
        words.subList(2, words.size()));
  }

  /** What a shell makes of a command: its words. */
  private static List<String> shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + command)
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.lines().toList();
  }

  @Test
  void helpNamesTheProgramThatRuns() {
    String[] lines = {"Examples:", "{}", "{} --seed 1", "echo a | {} --model m.zip", "Exit codes"};
    assertArrayEquals(
        new String[] {
          "Examples:",
          "  recurrent-zoo train a",
          "  recurrent-zoo train a --seed 1",
          "  echo a | recurrent-zoo train a --model m.zip",
          "Exit codes"
        },
        Wording.expand("train a", lines));
  }
}
