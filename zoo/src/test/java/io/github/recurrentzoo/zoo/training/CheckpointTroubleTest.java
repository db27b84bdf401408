package io.github.recurrentzoo.zoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.SmallTraining;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.model.CheckpointFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What happens to checkpoints when the disk is full, two trainings meet, or epochs are added. */
class CheckpointTroubleTest {

  @TempDir Path folder;

  private Checkpoints.Builder checkpoints() {
    return Checkpoints.builder(folder).every(Duration.ofDays(1)).everyEpochs(1);
  }

  private static TextClassifier train(int epochs, TrainingRun run) {
    return train(epochs, 42, run);
  }

  private static TextClassifier train(int epochs, long seed, TrainingRun run) {
    return TextClassifier.train(
        SmallTraining.texts(),
        TextClassification.builder().embeddingSize(4).hiddenSize(4).dropout(0.2).seed(seed).build(),
        TrainingOptions.builder().epochs(epochs).patience(9).batchSize(10).seed(seed).build(),
        run);
  }

  /** Nobody can write there while a folder with something in it has the name of the file. */
  private final class FullDisk implements TrainingProgress {
    final List<String> missed = new ArrayList<>();
    final int from;
    final int to;
    byte[] before;

    FullDisk(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void onCheckpointMissed(String message) {
      missed.add(message);
    }

    @Override
    public void onEpoch(EpochEvent event) {
      Path last = checkpoints().build().last();
      Path aside = folder.resolve("aside.zip");
      try {
        if (event.epoch() == from) {
          if (Files.exists(last)) {
            Files.move(last, aside);
          }
          Files.createDirectories(last.resolve("in the way"));
        } else if (event.epoch() == to) {
          Files.delete(last.resolve("in the way"));
          Files.delete(last);
          if (Files.exists(aside)) {
            Files.move(aside, last);
            before = Files.readAllBytes(last);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aCheckpointThatCannotBeWrittenIsTriedAgain() throws IOException {
    FullDisk disk = new FullDisk(2, 4);
    Checkpoints checkpoints = checkpoints().build();
    TextClassifier trained =
        train(4, TrainingRun.builder().progress(disk).checkpoints(checkpoints).build());
    assertEquals(2, disk.missed.size(), disk.missed.toString());
    assertTrue(
        disk.missed.get(0).contains("The one before is still there: " + checkpoints.last()),
        disk.missed.get(0));
    assertTrue(disk.missed.get(0).contains("Cannot save " + checkpoints.last()), "and why");
    assertNotEquals(0, disk.before.length);
    assertFalse(
        Arrays.equals(disk.before, Files.readAllBytes(checkpoints.last())),
        "the fourth epoch's is written");
    assertEquals(
        train(4, TrainingRun.builder().build()).predict("the old isx"),
        trained.predict("the old isx"));
  }

  @Test
  void aStopThatCannotBeWrittenDownSaysThatNothingIsKept() {
    FullDisk disk = new FullDisk(1, 9);
    TrainingStoppedException stopped =
        assertThrows(
            TrainingStoppedException.class,
            () ->
                train(
                    4,
                    TrainingRun.builder()
                        .progress(disk)
                        .stop(() -> !disk.missed.isEmpty())
                        .checkpoints(checkpoints().build())
                        .build()));
    assertTrue(disk.missed.get(0).contains("There is none yet to go on from."), "the first one");
    assertTrue(stopped.checkpoint().isEmpty());
    assertTrue(stopped.getMessage().contains("Nothing is kept"), stopped.getMessage());
  }

  @Test
  void epochsCanBeAdded() {
    TextClassifier whole = train(4, TrainingRun.builder().build());
    Checkpoints checkpoints = checkpoints().resume(true).build();
    TrainingRun run = TrainingRun.builder().checkpoints(checkpoints).build();
    TextClassifier half = train(2, run);
    assertNotEquals(whole.predict("the old isx"), half.predict("the old isx"));
    TextClassifier more = train(4, run);
    assertEquals(4, more.provenance().epochs());
    assertEquals(whole.predict("the old isx"), more.predict("the old isx"));
    CheckpointException fewer = assertThrows(CheckpointException.class, () -> train(3, run));
    assertTrue(fewer.getMessage().contains("training epochs is 3, but was 4"), fewer.getMessage());
  }

  @Test
  void aSecondTrainingInTheFolderIsRefused() {
    List<String> refused = new ArrayList<>();
    TrainingProgress meanwhile =
        new TrainingProgress() {
          @Override
          public void onEpoch(EpochEvent event) {
            TrainingRun second = TrainingRun.builder().checkpoints(checkpoints().build()).build();
            refused.add(
                assertThrows(CheckpointException.class, () -> train(1, second)).getMessage());
          }
        };
    TrainingRun first =
        TrainingRun.builder().progress(meanwhile).checkpoints(checkpoints().build()).build();
    train(1, first);
    assertEquals(1, refused.size());
    assertTrue(refused.get(0).contains("Another training"), refused.get(0));
    assertTrue(refused.get(0).contains(folder.toString()), refused.get(0));
    train(1, TrainingRun.builder().checkpoints(checkpoints().build()).build()); // after its end
  }

  /** Takes the folder that it is told and waits. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (FolderLock lock = FolderLock.of(Path.of(args[0]))) {
        System.out.println(lock == null ? "not locked" : "locked");
        System.in.read();
      }
    }
  }

  @Test
  void theLockOfAKilledProcessDoesNotStay() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .start();
    try {
      String said = other.inputReader(StandardCharsets.UTF_8).readLine();
      assertTrue(said != null && said.startsWith("locked"), said);
      assertThrows(CheckpointException.class, () -> FolderLock.of(folder));
      assertThrows(
          CheckpointException.class, () -> FolderLock.of(folder)); // asking changes nothing
    } finally {
      other.destroyForcibly();
    }
    assertTrue(other.waitFor(60, TimeUnit.SECONDS));
    assertTrue(Files.exists(folder.resolve(".checkpoint.lock")), "left behind");
    FolderLock.of(folder).close();
    assertFalse(Files.exists(folder.resolve(".checkpoint.lock")));
  }

  @Test
  void seedZeroIsASeed() {
    TextClassifier first = train(1, 0, TrainingRun.builder().build());
    train(1, 5, TrainingRun.builder().build()); // moves all random numbers on
    TextClassifier second = train(1, 0, TrainingRun.builder().build());
    assertEquals(first.predict("the old isx"), second.predict("the old isx"));
  }

  @Test
  void aCheckpointWithNaNIsRefused() {
    Checkpoints checkpoints = checkpoints().resume(true).build();
    TrainingRun run = TrainingRun.builder().checkpoints(checkpoints).build();
    train(1, run);
    CheckpointFile written = CheckpointFile.read(checkpoints.last());
    INDArray best = written.arrays().get("best-weights");
    best.putScalar(best.length() - 1, Float.NaN);
    CheckpointFile.write(checkpoints.last(), written.state(Map.class), written.arrays());
    String message = assertThrows(ModelFileException.class, () -> train(2, run)).getMessage();
    assertTrue(message.contains("best-weights holds NaN"), message);
  }
}
