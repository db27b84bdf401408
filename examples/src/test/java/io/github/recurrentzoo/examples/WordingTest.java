package io.github.recurrentzoo.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
    List<String> launcher = shell(PredictText.command(Wording.LAUNCHER, MODEL, text));
    assertEquals(List.of("recurrent-zoo", "predict", "--model", MODEL.toString(), text), launcher);
    List<String> maven = shell(PredictText.command(Wording.MAVEN, MODEL, text));
    String args = maven.get(maven.size() - 1);
    assertEquals("-Dargs=", args.substring(0, 7));
    assertEquals(List.of("--model", MODEL.toString(), text), mavensArguments(args.substring(7)));
  }

  @ParameterizedTest
  @EnumSource(Wording.class)
  @DisabledOnOs(OS.WINDOWS)
  void aLongExampleGoesOnInTheNextLineAsAShellTakesIt(Wording wording)
      throws IOException, InterruptedException {
    String arguments =
        " --data reviews.csv --text-column review --label-column stars 'a text of some length'";
    String[] lines = wording.expand("PredictText", "predict", "Examples:", "{}" + arguments);
    assertTrue(lines.length > 2, String.join("\n", lines));
    for (String line : lines) {
      assertTrue(line.length() < 80, line);
    }
    String wrapped = String.join("\n", List.of(lines).subList(1, lines.length));
    List<String> words = shell(wrapped.strip());
    String given = words.get(words.size() - 1);
    assertEquals(
        List.of(
            "--data",
            "reviews.csv",
            "--text-column",
            "review",
            "--label-column",
            "stars",
            "a text of some length"),
        wording == Wording.MAVEN
            ? mavensArguments(given.substring("-Dargs=".length()))
            : words.subList(2, words.size()));
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

  /**
   * As exec:java cuts its arguments: at any number of blanks; either quote, each within the other,
   * and no escapes.
   */
  private static List<String> mavensArguments(String line) {
    List<String> arguments = new ArrayList<>();
    StringBuilder argument = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          argument.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == ' ') {
        if (!argument.isEmpty()) {
          arguments.add(argument.toString());
          argument.setLength(0);
        }
      } else {
        argument.append(c);
      }
    }
    arguments.add(argument.toString());
    return arguments;
  }

  @Test
  void helpNamesTheProgramThatRuns() {
    String[] lines = {"Examples:", "{}", "{} --seed 1", "echo a | {} --model m.zip", "Exit codes"};
    assertArrayEquals(
        new String[] {
          "Examples, from the folder of the project:",
          "  mvn -q compile exec:java -Dexample=A",
          "  mvn -q compile exec:java -Dexample=A -Dargs=\"--seed 1\"",
          "  echo a | mvn -q compile exec:java -Dexample=A -Dargs=\"--model m.zip\"",
          "Exit codes"
        },
        Wording.MAVEN.expand("A", "train a", lines));
    assertArrayEquals(
        new String[] {
          "Examples:",
          "  recurrent-zoo train a",
          "  recurrent-zoo train a --seed 1",
          "  echo a | recurrent-zoo train a --model m.zip",
          "Exit codes"
        },
        Wording.LAUNCHER.expand("A", "train a", lines));
  }
}
