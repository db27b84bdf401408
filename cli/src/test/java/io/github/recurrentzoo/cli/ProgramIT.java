package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The program as Maven put it together, in processes of its own. */
@DisabledOnOs(OS.WINDOWS)
class ProgramIT {

  private static final Path PROGRAM = Path.of(System.getProperty("program"));

  @TempDir Path folder;

  private Run run(String input, List<String> command) throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int exitCode = builder.start().waitFor();
    return new Run(exitCode, Files.readString(out), Files.readString(err));
  }

  private Run launcher(String input, String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(PROGRAM.resolve("bin/recurrent-zoo").toString()));
    command.addAll(List.of(args));
    return run(input, command);
  }

  @Test
  void trainsAndAnswersThroughAPipe() throws IOException, InterruptedException {
    StringBuilder csv = new StringBuilder("label,text\n");
    for (int i = 0; i < 40; i++) {
      csv.append("gut,a fine film number %d\nschlecht,a dull film number %d\n".formatted(i, i));
    }
    Files.write(folder.resolve("films.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
    Run train =
        launcher(
            "",
            "train text --json --data films.csv --output m --epochs 6 --hidden-size 8 --embedding-size 8 --batch-size 4 --learning-rate 0.02"
                .split(" ", -1));
    assertEquals(0, train.exitCode(), train.err());
    JsonNode report = new ObjectMapper().readTree(train.out());
    assertEquals(1, report.at("/report/accuracy").doubleValue());
    assertTrue(train.err().contains("recurrent-zoo predict --model m 'some text'"), train.err());

    Run predict = launcher("a dull film\na fine film\n", "predict", "--model", "m");
    assertEquals("", predict.err());
    assertTrue(predict.out().matches("schlecht\t.*\ngut\t.*\n"), predict.out());
  }

  @Test
  void aMistakeEndsWithExitCodeTwo() throws IOException, InterruptedException {
    Run run = launcher("", "predict", "--model", "none.zip", "--json", "a b");
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("Error: There is no model"), run.err());
  }

  /** A script must not take lost answers for given ones. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void outputThatIsLostAndInputThatIsClosed() throws IOException, InterruptedException {
    String program = "'" + PROGRAM.resolve("bin/recurrent-zoo") + "'";
    Run full = run("", List.of("sh", "-c", program + " list > /dev/full"));
    assertEquals(1, full.exitCode());
    assertTrue(full.err().startsWith("Error: Standard output cannot be written"), full.err());
    Run closed = run("", List.of("sh", "-c", program + " predict --model wordnet-lstm <&-"));
    assertEquals(2, closed.exitCode());
    assertTrue(closed.err().contains("standard input is empty"), closed.err());
  }

  /** From a link too, as people put programs on their path. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLinkRunsIt() throws IOException, InterruptedException {
    Path link =
        Files.createSymbolicLink(folder.resolve("zoo"), PROGRAM.resolve("bin/recurrent-zoo"));
    assertEquals(0, run("", List.of(link.toString(), "--version")).exitCode());
  }

  @Test
  void theJarRunsByItself() throws IOException, InterruptedException {
    Path jar;
    try (var files = Files.newDirectoryStream(PROGRAM.resolve("lib"), "recurrent-zoo-cli-*.jar")) {
      jar = files.iterator().next();
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Run run = run("", List.of(java.toString(), "-jar", jar.toString(), "--version"));
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertTrue(run.out().startsWith("recurrent-zoo "), run.out());
  }
}
