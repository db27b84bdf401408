package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages of the command line know those below them only, and no task knows another. */
class PackagesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String ROOT = "io.github.recurrentzoo.cli";
  private static final int LARGEST = 30;

  /** From below to above; packages of one row do not know each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of(".console"),
          List.of(".option"),
          List.of(".command"),
          List.of(
              ".command.anomalies",
              ".command.classification",
              ".command.forecasting",
              ".command.generation",
              ".command.sequences",
              ".command.tagging",
              ".command.translation"),
          List.of(".task"),
          List.of(".compare", ".preset"),
          List.of(""));

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?" + Pattern.quote(ROOT) + "([.a-z]*)\\.[A-Z].*;$");

  /** The text of each class, by package. */
  private static Map<String, List<String>> classes() throws IOException {
    Map<String, List<String>> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("package-info.java")) {
          String name = SOURCES.relativize(file.getParent()).toString().replaceAll("[/\\\\]", ".");
          classes
              .computeIfAbsent(name.substring(ROOT.length()), key -> new ArrayList<>())
              .add(Files.readString(file));
        }
      }
    }
    return classes;
  }

  private static int layer(String name) {
    for (int i = 0; i < LAYERS.size(); i++) {
      if (LAYERS.get(i).contains(name)) {
        return i;
      }
    }
    throw new AssertionError("The package cli" + name + " is in no layer; add it to LAYERS.");
  }

  @Test
  void arrowsPointDownwards() throws IOException {
    List<String> upward = new ArrayList<>();
    classes()
        .forEach(
            (name, texts) ->
                texts.stream()
                    .flatMap(text -> IMPORT.matcher(text).results())
                    .filter(found -> !found.group(1).equals(name))
                    .filter(found -> layer(found.group(1)) >= layer(name))
                    .map(MatchResult::group)
                    .forEach(found -> upward.add("cli" + name + ": " + found)));
    assertEquals(List.of(), upward);
  }

  @Test
  void packagesAreSmall() throws IOException {
    Map<String, List<String>> classes = classes();
    assertEquals(
        LAYERS.stream().flatMap(List::stream).sorted().toList(), List.copyOf(classes.keySet()));
    classes.forEach((name, texts) -> assertTrue(texts.size() <= LARGEST, "cli" + name));
  }
}
