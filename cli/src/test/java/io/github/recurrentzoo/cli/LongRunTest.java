package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.command.classification.TrainAndPredictTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints, Ctrl-C and going on, from the command line. */
class LongRunTest {
  private static final int SECONDS = 120;

  @TempDir Path folder;

  private List<String> arguments(int epochs, String... more) throws IOException {
    Path data = TrainAndPredictTest.rows(folder.resolve("films.csv"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "--data", data.toString(),
                "--output", output().toString(),
                "--epochs", Integer.toString(epochs),
                "--patience", Integer.toString(epochs),
                "--hidden-size", "4"));
    all.addAll(List.of(more));
    return all;
  }

  private Path output() {
    return folder.resolve("films");
  }

  private Path last() {
    return output().resolve("checkpoint-last.zip");
  }

  /** What a process did until Ctrl-C. */
  private record Interrupted(int exitCode, String text) {}

  /** Runs a command, presses Ctrl-C when a text has been printed, and waits. */
  private Interrupted interrupt(String name, String when, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (interruptsAreIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RecurrentZoo.class.getName()));
    command.addAll(List.of(name.split(" ", -1)));
    command.addAll(arguments);
    Path printed = folder.resolve("printed.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (!Files.readString(printed).contains(when)) {
        assertTrue(process.isAlive() && System.nanoTime() < end, Files.readString(printed));
        Thread.sleep(20);
      }
      String pid = Long.toString(process.pid());
      assertEquals(0, new ProcessBuilder("kill", "-INT", pid).start().waitFor());
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
      return new Interrupted(
          process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  /** So it is in what a shell runs in the background, and a process hands that on to its own. */
  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // there is no kill -INT
  void ctrlCKeepsWhatThereIsAndSaysHowToGoOn() throws IOException, InterruptedException {
    List<String> arguments = arguments(100_000);
    Interrupted first = interrupt("train text", "validation loss", arguments);
    assertEquals(130, first.exitCode(), first.text());
    assertTrue(first.text().contains("Stopping after this step."), first.text());
    assertTrue(first.text().contains("It can go on from " + last()), first.text());
    String command = "recurrent-zoo train text " + String.join(" ", arguments) + " --resume";
    assertTrue(first.text().contains("Go on with:\n  " + command + "\n"), first.text());
    assertTrue(Files.exists(last()));
    Run best =
        Run.predict("--model", output().resolve("checkpoint-best.zip").toString(), "a fine film");
    assertEquals(0, best.exitCode(), best.err());

    arguments.add("--resume");
    Interrupted second = interrupt("train text", "validation loss", arguments);
    assertEquals(130, second.exitCode(), second.text());
    assertTrue(second.text().contains("Resuming from " + last() + ": epoch "), second.text());
    assertTrue(second.text().contains("Go on with:\n  " + command + "\n"), second.text());
  }

  /** It ends with the model that it would have ended with. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFineTuningGoesOn() throws IOException, InterruptedException {
    TinyModels.generator(folder.resolve("cats"));
    Path data = Files.writeString(folder.resolve("t.txt"), "we KNOW the mat.\n".repeat(60));
    String whole = folder.resolve("whole").toString();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--model", folder.resolve("cats").toString(),
                "--data", data.toString(),
                "--epochs", "200",
                "--patience", "200",
                "--batch-size", "4",
                "--length", "9",
                "--output", whole));
    Run once = tune(arguments);
    assertEquals(0, once.exitCode(), once.err());
    arguments.set(arguments.size() - 1, output().toString());
    Interrupted first = interrupt("fine-tune generation", "validation loss", arguments);
    assertEquals(130, first.exitCode(), first.text());
    assertTrue(first.text().contains("recurrent-zoo fine-tune generation "), first.text());
    assertFalse(Files.exists(output().resolve("model.zip")));
    arguments.add("--resume");
    Run resumed = tune(arguments);
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.out().contains("Resuming from " + last() + ": epoch "), resumed.out());
    assertEquals(end(once), end(resumed));
    assertFalse(Files.exists(last()));
  }

  private static Run tune(List<String> arguments) {
    return Run.command("fine-tune generation", arguments.toArray(String[]::new));
  }

  /** What was mapped, and the figures. */
  private static String end(Run run) {
    return run.out()
        .substring(run.out().indexOf("characters: 8 known"), run.out().indexOf("Saved to "));
  }

  @Test
  void aTrainingThatEndsLeavesNoCheckpoints() throws IOException {
    Run run =
        Run.train(arguments(2, "--checkpoint-every", "0s", "--resume").toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("There is no checkpoint in " + output()), run.out());
    assertTrue(Files.exists(output().resolve("model.zip")));
    assertFalse(Files.exists(last()));
    assertFalse(Files.exists(output().resolve("checkpoint-best.zip")));
    byte[] model = Files.readAllBytes(output().resolve("model.zip"));
    Run again = Run.train(arguments(5, "--resume").toArray(String[]::new));
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(again.err().contains("The training in " + output() + " is finished"), again.err());
    assertArrayEquals(model, Files.readAllBytes(output().resolve("model.zip")));
  }

  @Test
  void whatHasNoMeaningIsRefused() throws IOException {
    Run run = Run.train(arguments(2, "--checkpoint-every", "soon").toArray(String[]::new));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("such as 30s, 5m or 2h"), run.err());
    Run compared = Run.command("compare", "--resume");
    assertEquals(2, compared.exitCode());
    assertTrue(compared.err().contains("--resume has no meaning for a comparison"), compared.err());
  }
}
