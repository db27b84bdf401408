package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.training.Checkpoints;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training in a process of its own, which is killed (SIGKILL) ten times at random moments and
 * goes on each time.
 *
 * <p>So that each process makes some steps and none runs away while this one is busy, a step waits
 * for a byte on standard input.
 */
class KilledTrainingTest {
  private static final int KILLS = 10;
  private static final int MOST_STEPS = 4;
  private static final SmallTraining TRAINING = SmallTraining.GENERATION;

  @TempDir Path folder;

  /** Trains with a checkpoint after each step; the folder is the only argument. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Checkpoints checkpoints = Checkpoints.builder(folder).every(Duration.ZERO).resume(true).build();
    TrainingProgress steps =
        new TrainingProgress() {
          @Override
          public void onBatch(BatchEvent event) {
            System.out.println("step " + event.epoch() + " " + event.step());
            try {
              System.in.read(); // at the end of the input it does not wait
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    SmallTraining.Trained trained =
        TRAINING.train(TrainingRun.builder().progress(steps).checkpoints(checkpoints).build());
    trained.saving().to(folder.resolve("model.zip"));
    System.out.println("report " + trained.report().replace('\n', '|'));
    System.exit(0); // libraries leave threads behind
  }

  @Test
  void tenKillsChangeNothing() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    SmallTraining.Trained expected =
        TRAINING.train(
            TrainingRun.of(
                new TrainingProgress() {
                  @Override
                  public void onBatch(BatchEvent event) {
                    all.add("step " + event.epoch() + " " + event.step());
                  }
                }));
    expected.saving().to(folder.resolve("expected.zip"));
    assertTrue(all.size() > (KILLS + 1) * MOST_STEPS, "steps: " + all.size());

    Random random = new Random();
    long seed = random.nextLong();
    random.setSeed(seed);
    int reached = 0; // the last step that was seen
    StringBuilder log = new StringBuilder("seed " + seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start();
      try (BufferedReader lines = lines(process)) {
        int steps = 2 + random.nextInt(MOST_STEPS - 1);
        OutputStream allowed = process.getOutputStream();
        allowed.write(new byte[steps]);
        allowed.flush();
        int first = all.indexOf(next(lines, "step "));
        log.append("; from ").append(first).append(", ").append(steps).append(" steps");
        // The checkpoint before the last step seen was whole; the one after it may have become so.
        assertTrue(first == reached || (kill > 0 && first == reached + 1), log::toString);
        for (int i = 1; i < steps; i++) {
          assertEquals(all.get(first + i), next(lines, "step "), log::toString);
        }
        reached = first + steps - 1;
        Thread.sleep(random.nextInt(25));
      } finally {
        process.destroyForcibly();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      }
    }

    Process process = start();
    try (BufferedReader lines = lines(process)) {
      process.getOutputStream().close();
      assertEquals("report " + expected.report().replace('\n', '|'), next(lines, "report "));
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(
        TRAINING.numbers(folder.resolve("expected.zip")),
        TRAINING.numbers(folder.resolve("model.zip")),
        log::toString);
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The next line that begins so; libraries may print others. */
  private String next(BufferedReader lines, String beginning) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new AssertionError(
        "The process has ended:\n" + Files.readString(folder.resolve("errors.txt")));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            KilledTrainingTest.class.getName(),
            folder.toString())
        .redirectError(folder.resolve("errors.txt").toFile())
        .start();
  }
}
