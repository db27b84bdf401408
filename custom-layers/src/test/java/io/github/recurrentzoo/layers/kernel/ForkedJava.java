package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java process of its own, for what is decided once in a process. */
final class ForkedJava {

  private ForkedJava() {}

  /** Runs a main with these arguments of the virtual machine, and returns all that it prints. */
  static List<String> run(Class<?> main, List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("forked-java", ".txt");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(arguments);
      command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      assertEquals(0, builder.start().waitFor(), () -> read(output).toString());
      return read(output);
    } finally {
      Files.delete(output);
    }
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
