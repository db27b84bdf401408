package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever of the zoo is used first, JavaCPP and OpenBLAS are prepared before they are loaded;
 * afterwards it would be too late, and matrix products would be a quarter as fast on some
 * processors. That shows in a new process only.
 */
class PreparedTest {

  /** Uses one thing, then tells JavaCPP's limit, which is 0 where it was prepared in time. */
  public static void main(String[] args) {
    TextClassification entry = TextClassification.builder().build();
    switch (args[0]) {
      case "configuration" -> entry.configuration();
      case "parameters" -> entry.parameters();
      case "init" -> entry.init();
      case "threads" -> NativeThreads.useOne();
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println("limit " + Pointer.maxPhysicalBytes());
  }

  static Stream<Arguments> firstUses() {
    return Stream.of("configuration", "parameters", "init", "threads").map(use -> arguments(use));
  }

  @ParameterizedTest
  @MethodSource("firstUses")
  void librariesArePreparedBeforeTheyAreLoaded(String use) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PreparedTest.class.getName(),
                    use))
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertEquals("limit 0", out.lines().reduce((first, last) -> last).orElse(out));
  }
}
