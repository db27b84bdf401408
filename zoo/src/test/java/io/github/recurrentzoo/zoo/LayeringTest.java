package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and which classes are for users. */
class LayeringTest {
  private static final Path SOURCES = Path.of("src/main/java/io/github/recurrentzoo/zoo");

  private static final List<String> TASKS =
      List.of(
          "classification",
          "forecasting",
          "generation",
          "translation",
          "tagging",
          "sequences",
          "anomalies");

  /** From the top; a package imports from those below it only. */
  private static final List<String> BELOW_TASKS =
      List.of(
          "detection",
          "report",
          "pipeline",
          "onnx",
          "training",
          "network",
          "preset",
          "series",
          "text",
          "model",
          "data",
          "internal");

  private static final int MOST_CLASSES = 30;

  /** A name of another package, imported or written out, in code or in javadoc. */
  private static final Pattern NAME =
      Pattern.compile("\\bio\\.github\\.recurrentzoo\\.zoo(?:\\.([a-z]+))?\\.([A-Z]\\w*)");

  private static final Pattern PUBLIC =
      Pattern.compile(
          "^public (?:(?:final|abstract|sealed) )*(?:class|record|interface|enum) (\\w+)",
          Pattern.MULTILINE);

  @Test
  void importsPointDownwardAndNoTaskKnowsAnother() throws IOException {
    List<String> upward = new ArrayList<>();
    for (Path file : sources()) {
      if (file.endsWith("package-info.java")) {
        continue;
      }
      String from = packageOf(file);
      Matcher name = NAME.matcher(Files.readString(file));
      while (name.find()) {
        String to = name.group(1) == null ? "" : name.group(1);
        if (!to.equals(from) && level(to) <= level(from)) {
          upward.add("%s names %s".formatted(SOURCES.relativize(file), name.group()));
        }
      }
    }
    assertEquals(List.of(), upward, "imports that point upward, or from one task to another");
  }

  private static int level(String name) {
    if (name.isEmpty()) {
      return 0;
    }
    if (TASKS.contains(name)) {
      return 1;
    }
    int below = BELOW_TASKS.indexOf(name);
    assertTrue(below >= 0, "Give the new package " + name + " its place in " + BELOW_TASKS);
    return 2 + below;
  }

  @Test
  void packagesStaySmall() throws IOException {
    Map<String, Integer> classes = new TreeMap<>();
    for (Path file : sources()) {
      classes.merge(packageOf(file), 1, Integer::sum);
    }
    classes.forEach(
        (name, count) ->
            assertTrue(
                count <= MOST_CLASSES + 1, // with package-info
                "package " + name + " has " + count + " classes; split it"));
  }

  /**
   * The classes that users may rely on stand in public-api.txt. What is public for other packages
   * of the zoo only is named in its package-info, behind "Not for users:".
   */
  @Test
  void publicClassesAreListed() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (Path file : sources()) {
      Matcher declaration = PUBLIC.matcher(Files.readString(file));
      if (declaration.find() && !notForUsers(file.getParent()).contains(declaration.group(1))) {
        String name = packageOf(file);
        found.add(name.isEmpty() ? declaration.group(1) : name + "." + declaration.group(1));
      }
    }
    Path list = Path.of("src/test/resources/public-api.txt");
    assertEquals(
        Files.readAllLines(list),
        List.copyOf(found),
        "Public classes differ from "
            + list
            + ": add new ones there if they are for users, else to their package-info");
  }

  private static List<String> notForUsers(Path folder) throws IOException {
    String info = Files.readString(folder.resolve("package-info.java"));
    int begin = info.indexOf("Not for users:");
    return begin < 0 ? List.of() : List.of(info.substring(begin).split("\\W+"));
  }

  private static String packageOf(Path file) {
    return SOURCES.relativize(file.getParent()).toString().replace('\\', '.').replace('/', '.');
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
