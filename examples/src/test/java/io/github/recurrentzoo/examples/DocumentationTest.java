package io.github.recurrentzoo.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What README.md and docs say in Java compiles, and the examples that they run by Maven are there.
 *
 * <p>A block {@code ```java} holds statements, after imports if it likes; a block with a class is
 * compiled as it is. Statements without imports have those of {@link #IMPORTS}; names that they do
 * not declare are those of {@link #FIELDS}.
 */
class DocumentationTest {
  private static final String IMPORTS =
      """
      import io.github.recurrentzoo.layers.*;
      import io.github.recurrentzoo.zoo.*;
      import io.github.recurrentzoo.zoo.anomalies.*;
      import io.github.recurrentzoo.zoo.classification.*;
      import io.github.recurrentzoo.zoo.data.*;
      import io.github.recurrentzoo.zoo.detection.*;
      import io.github.recurrentzoo.zoo.forecasting.*;
      import io.github.recurrentzoo.zoo.generation.*;
      import io.github.recurrentzoo.zoo.model.*;
      import io.github.recurrentzoo.zoo.network.*;
      import io.github.recurrentzoo.zoo.pipeline.*;
      import io.github.recurrentzoo.zoo.preset.*;
      import io.github.recurrentzoo.zoo.report.*;
      import io.github.recurrentzoo.zoo.sequences.*;
      import io.github.recurrentzoo.zoo.series.*;
      import io.github.recurrentzoo.zoo.tagging.*;
      import io.github.recurrentzoo.zoo.text.*;
      import io.github.recurrentzoo.zoo.training.*;
      import io.github.recurrentzoo.zoo.translation.*;
      import java.nio.file.Path;
      import java.util.List;
      import org.deeplearning4j.nn.graph.ComputationGraph;
      import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
      import org.nd4j.linalg.learning.config.Adam;
      """;

  private static final String FIELDS =
      """
        org.deeplearning4j.nn.conf.MultiLayerConfiguration configuration;
        org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder graph;
        io.github.recurrentzoo.zoo.classification.TextClassifier classifier;
        java.util.List<io.github.recurrentzoo.zoo.classification.LabeledText> rows;
        java.util.List<io.github.recurrentzoo.zoo.translation.TextPair> pairs;
        io.github.recurrentzoo.zoo.series.TimeSeries series;
      """;

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```");
  private static final Pattern COMMAND = Pattern.compile("-Dexample=(\\w+)");

  /** Compiled where these are: OnnxExportTest of the benchmarks, SparkPageTest of spark. */
  private static final List<String> ELSEWHERE =
      List.of("import ai.onnxruntime", "import org.apache.spark");

  /** A part of a page. */
  record Found(Path page, int line, List<String> parts) {
    @Override
    public String toString() {
      return ROOT.relativize(page) + ":" + line;
    }
  }

  @TempDir Path folder;

  private static List<Found> find(Pattern pattern) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        int line = (int) text.substring(0, matcher.start()).lines().count() + 1;
        found.add(new Found(page, line, groups(matcher.toMatchResult())));
      }
    }
    return found;
  }

  private static List<Path> pages() throws IOException {
    assertTrue(Files.exists(ROOT.resolve("README.md")), ROOT.toString());
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  private static List<String> groups(MatchResult match) {
    List<String> groups = new ArrayList<>();
    for (int i = 1; i <= match.groupCount(); i++) {
      groups.add(match.group(i) == null ? "" : match.group(i));
    }
    return groups;
  }

  static List<Found> snippets() throws IOException {
    return find(JAVA).stream()
        .filter(found -> ELSEWHERE.stream().noneMatch(found.parts().get(0)::contains))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("snippets")
  void javaCompiles(Found snippet) {
    assertEquals("", errors(source(snippet.parts().get(0))), snippet.toString());
  }

  @Test
  void whatDoesNotCompileIsNoticed() {
    assertTrue(errors(source("TextClassifier.lode(Path.of(\"x\"));\n")).contains("lode"));
    assertEquals("", errors(source("TextClassifier.load(Path.of(\"x\"));\n")));
  }

  private static String source(String block) {
    if (Pattern.compile("(?m)^(public |final |abstract )*(class|interface|record) ")
        .matcher(block)
        .find()) {
      return block.replaceFirst("(?m)^public ", "");
    }
    StringBuilder imports = new StringBuilder();
    StringBuilder statements = new StringBuilder();
    block
        .lines()
        .forEach(
            line -> (line.startsWith("import ") ? imports : statements).append(line).append('\n'));
    return "%s%nclass Snippet {%n%s  void run() throws Exception {%n%s%n  }%n}%n"
        .formatted(imports.isEmpty() ? IMPORTS : imports, FIELDS, statements);
  }

  private String errors(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            folder.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    boolean well =
        compiler
            .getTask(new StringWriter(), null, diagnostics, options, null, List.of(file))
            .call();
    StringBuilder errors = new StringBuilder();
    for (Diagnostic<?> diagnostic : diagnostics.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        errors.append(diagnostic.getMessage(Locale.ROOT)).append('\n');
      }
    }
    return well ? "" : errors.toString();
  }

  static List<Found> commands() throws IOException {
    return find(COMMAND);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void examplesAreThere(Found command) throws ReflectiveOperationException {
    String name = getClass().getPackageName() + "." + command.parts().get(0);
    Class.forName(name).getMethod("main", String[].class);
  }

  @Test
  void thereIsSomethingToLookAt() throws IOException {
    assertTrue(snippets().size() >= 5, "Java in README.md and docs");
    assertTrue(commands().size() >= 5, "examples in README.md and docs");
  }
}
