package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's script with a Java that only says what it was called with. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
  private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  @TempDir private Path folder;
  private Path launcher;
  private Path jdk;

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectories(folder.resolve("program/bin"));
    Files.createDirectories(folder.resolve("program/lib"));
    jdk = Files.createDirectories(folder.resolve("a jdk"));
    launcher = folder.resolve("program/bin/recurrent-zoo");
    script(launcher, Files.readString(Path.of("src/main/scripts/recurrent-zoo")));
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void java(String saysOfItself) throws IOException {
    script(
        jdk.resolve("bin/java"),
        "#!/bin/sh\necho called >> '"
            + folder.resolve("calls")
            + "'\nif [ \"$1\" = -version ]; then echo '"
            + saysOfItself
            + "' >&2; exit 0; fi\nfor a; do echo \"$a\"; done\n");
  }

  private void release(String version) throws IOException {
    Files.writeString(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_RUNTIME_VERSION=\""
            + version
            + "+9\"\nJAVA_VERSION=\""
            + version
            + "\"\n");
  }

  private List<String> run(Map<String, String> environment, String... args) throws Exception {
    Path out = folder.resolve("out");
    List<String> command = new java.util.ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("RECURRENT_ZOO_OPTS");
    builder.environment().putAll(environment);
    assertEquals(0, builder.start().waitFor(), () -> read(out).toString());
    return read(out);
  }

  private List<String> runWithHome(String... args) throws Exception {
    return run(Map.of("JAVA_HOME", jdk.toString()), args);
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void newerJavaIsToldWhatItsWarningsAreAbout() throws Exception {
    java("none of it");
    for (String version : List.of("24", "25.0.1", "26-ea")) {
      release(version);
      List<String> said = runWithHome("predict", "two words");
      assertTrue(said.containsAll(List.of(NATIVE, UNSAFE)), said.toString());
      assertEquals(List.of("predict", "two words"), said.subList(said.size() - 2, said.size()));
    }
    assertEquals(3, read(folder.resolve("calls")).size(), "Java is started once for each");
  }

  @Test
  void olderJavaWouldRefuseTheOptions() throws Exception {
    java("none of it");
    for (String version : List.of("17.0.15", "21", "23.0.2", "1.8.0_402")) {
      release(version);
      List<String> said = runWithHome("list");
      assertFalse(said.contains(NATIVE) || said.contains(UNSAFE), said.toString());
    }
  }

  @Test
  void javaItselfIsAskedWhereItHasNoReleaseFile() throws Exception {
    java("openjdk version \"25.0.1\" 2025-10-21");
    assertTrue(runWithHome("list").contains(UNSAFE));
    java("openjdk version \"17.0.15\" 2025-04-15");
    assertFalse(runWithHome("list").contains(UNSAFE));
    java("gibberish");
    assertFalse(runWithHome("list").contains(UNSAFE));
  }

  @Test
  void javaOfThePathByItsLink() throws Exception {
    java("none of it");
    release("25");
    Path link = Files.createDirectories(folder.resolve("links")).resolve("java");
    Files.createSymbolicLink(link, jdk.resolve("bin/java"));
    List<String> said = run(Map.of("PATH", link.getParent() + ":" + System.getenv("PATH")), "list");
    assertTrue(said.contains(UNSAFE), said.toString());
  }

  @Test
  void optionsOfTheUserAreGivenOn() throws Exception {
    java("none of it");
    release("25");
    List<String> said =
        run(Map.of("JAVA_HOME", jdk.toString(), "RECURRENT_ZOO_OPTS", "-Xmx4g -Dx=y"), "train");
    assertTrue(said.containsAll(List.of("-Xmx4g", "-Dx=y", UNSAFE)), said.toString());
  }
}
