package io.github.recurrentzoo.spark;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of docs/spark.md, which the documentation's own test has no Spark for. */
class SparkPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");

  @TempDir Path folder;

  static List<String> blocks() throws IOException {
    String page = Files.readString(Path.of("../docs/spark.md"));
    return BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void itCompiles(String block) throws IOException {
    String imports = block.lines().filter(SparkPageTest::imports).collect(joining("\n"));
    String rest = block.lines().filter(line -> !imports(line)).collect(joining("\n"));
    Path file =
        Files.writeString(
            folder.resolve("Snippet.java"),
            "%s%nclass Snippet {%nvoid run() throws Exception {%n%s%n}%n}"
                .formatted(imports, rest));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                errors,
                errors,
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                file.toString());
    assertEquals(0, exitCode, errors.toString(StandardCharsets.UTF_8));
  }

  private static boolean imports(String line) {
    return line.startsWith("import ");
  }
}
