package io.github.recurrentzoo.zoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.SmallTraining;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.model.CheckpointFile;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.training.TrainingProgress.EpochEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Trainings that stop and go on. */
class CheckpointsTest {

  @TempDir Path folder;

  /** Hears the epochs, those before a stop included, and asks to stop after some steps. */
  private static final class Listener implements TrainingProgress {
    final List<EpochEvent> epochs = new ArrayList<>();
    final int steps;
    int made;
    ResumeEvent resumed;

    Listener(int steps) {
      this.steps = steps;
    }

    @Override
    public void onResume(ResumeEvent event) {
      resumed = event;
      epochs.addAll(event.history());
    }

    @Override
    public void onBatch(BatchEvent event) {
      made++;
    }

    @Override
    public void onEpoch(EpochEvent event) {
      epochs.add(event);
    }

    /** All but the times. */
    List<EpochEvent> withoutTimes() {
      return epochs.stream()
          .map(
              e ->
                  new EpochEvent(
                      e.epoch(),
                      e.epochs(),
                      e.trainingLoss(),
                      e.trainingMetric(),
                      e.validationLoss(),
                      e.validationMetric(),
                      e.best(),
                      e.stopsHere(),
                      Duration.ZERO,
                      e.learningRate(),
                      e.rows()))
          .toList();
    }
  }

  private Checkpoints.Builder checkpoints() {
    return Checkpoints.builder(folder).every(Duration.ofDays(1));
  }

  private TrainingRun resuming(Listener listener) {
    return TrainingRun.builder()
        .progress(listener)
        .stop(() -> listener.made == listener.steps)
        .checkpoints(checkpoints().resume(true).build())
        .build();
  }

  @ParameterizedTest
  @EnumSource(SmallTraining.class)
  void aTrainingThatGoesOnEndsAsOneThatWasNeverStopped(SmallTraining training) {
    Listener whole = new Listener(0);
    SmallTraining.Trained expected = training.train(TrainingRun.of(whole));
    Path model = folder.resolve("whole.zip");
    expected.saving().to(model);

    int stops = 0;
    int steps = Math.max(3, whole.made / 5); // not a whole number of epochs
    while (true) {
      Nd4j.getRandom().setSeed(77 + stops); // as another process would have it
      Listener part = new Listener(steps);
      SmallTraining.Trained trained;
      try {
        trained = training.train(resuming(part));
      } catch (TrainingStoppedException e) {
        stops++;
        assertEquals(folder.resolve("checkpoint-last.zip"), e.checkpoint().orElseThrow());
        assertEquals(part.epochs.isEmpty(), e.bestModel().isEmpty());
        e.bestModel().ifPresent(training::numbers); // can be read
        continue;
      }
      assertTrue(stops >= 3, "stops: " + stops);
      assertEquals(whole.withoutTimes(), part.withoutTimes());
      assertEquals(expected.report(), trained.report());
      Path other = folder.resolve("stopped.zip");
      trained.saving().to(other);
      assertEquals(training.numbers(model), training.numbers(other));
      assertEquals(whole.made, steps * stops + part.made);
      return;
    }
  }

  /** As the other tests cannot fail if nothing of this matters. */
  @ParameterizedTest
  @EnumSource(SmallTraining.class)
  void theSmallTrainingsUseAllThatIsRandom(SmallTraining training) {
    Listener first = new Listener(0);
    training.train(TrainingRun.of(first));
    Listener disturbed = new Listener(0);
    training.train(
        TrainingRun.builder()
            .progress(disturbed)
            .stop(
                () -> {
                  Nd4j.getRandom().setSeed(3);
                  return false;
                })
            .build());
    assertNotEquals(first.withoutTimes(), disturbed.withoutTimes());
    assertTrue(first.epochs.size() >= 3);
  }

  private static TextClassifier train(List<LabeledText> rows, int hidden, TrainingRun run) {
    return TextClassifier.train(
        rows,
        TextClassification.builder().embeddingSize(4).hiddenSize(hidden).build(),
        TrainingOptions.builder().epochs(3).batchSize(10).build(),
        run);
  }

  private void stopAfter(int steps) {
    Listener listener = new Listener(steps);
    assertThrows(
        TrainingStoppedException.class, () -> train(SmallTraining.texts(), 4, resuming(listener)));
  }

  @Test
  void whatIsKeptIsNamedAndTheBestModelIsOne() {
    Listener early = new Listener(2);
    TrainingStoppedException none =
        assertThrows(
            TrainingStoppedException.class, () -> train(SmallTraining.texts(), 4, resuming(early)));
    assertTrue(none.bestModel().isEmpty());
    assertTrue(none.getMessage().contains("no epoch has ended"), none.getMessage());

    Listener later = new Listener(20);
    TrainingStoppedException stopped =
        assertThrows(
            TrainingStoppedException.class, () -> train(SmallTraining.texts(), 4, resuming(later)));
    assertEquals(1, later.resumed.epoch());
    assertEquals(2, later.resumed.step());
    TextClassifier best = TextClassifier.load(stopped.bestModel().orElseThrow());
    assertEquals(later.epochs.size(), best.provenance().epochs());
    assertEquals(
        later.epochs.get(best.provenance().bestEpoch() - 1).validationLoss(),
        best.provenance().validationLoss());
    assertTrue(
        stopped
            .getMessage()
            .endsWith(
                "It can go on from %s; the model of the best epoch so far, %d, is in %s."
                    .formatted(
                        folder.resolve("checkpoint-last.zip"),
                        best.provenance().bestEpoch(),
                        folder.resolve("checkpoint-best.zip"))),
        stopped.getMessage());
  }

  @Test
  void otherDataOrOptionsAreRefusedWithWhatDiffers() {
    stopAfter(3);
    List<LabeledText> fewer = SmallTraining.texts().subList(0, 87);
    CheckpointException rows =
        assertThrows(CheckpointException.class, () -> train(fewer, 4, resuming(new Listener(3))));
    assertTrue(rows.getMessage().contains("number of rows is 87, but was 90"), rows.getMessage());
    CheckpointException hidden =
        assertThrows(
            CheckpointException.class,
            () -> train(SmallTraining.texts(), 5, resuming(new Listener(3))));
    assertTrue(hidden.getMessage().contains("hiddenSize is 5, but was 4"), hidden.getMessage());
    assertFalse(hidden.getMessage().contains("SHA-256"), hidden.getMessage());
    List<LabeledText> swapped = new ArrayList<>(SmallTraining.texts());
    Collections.swap(swapped, 3, 7);
    CheckpointException order =
        assertThrows(CheckpointException.class, () -> train(swapped, 4, resuming(new Listener(3))));
    assertTrue(order.getMessage().contains("SHA-256 of the rows is "), order.getMessage());
    assertFalse(order.getMessage().contains("hiddenSize"), order.getMessage());
    CheckpointException otherTask =
        assertThrows(
            CheckpointException.class,
            () -> SmallTraining.FORECASTING.train(resuming(new Listener(3))));
    assertTrue(
        otherTask.getMessage().contains("task is forecasting, but was text classification"),
        otherTask.getMessage());
  }

  @Test
  void withoutResumingItBeginsAnew() {
    stopAfter(3);
    Listener listener = new Listener(0);
    TrainingRun run =
        TrainingRun.builder().progress(listener).checkpoints(checkpoints().build()).build();
    train(SmallTraining.texts(), 4, run);
    assertEquals(1, listener.epochs.get(0).epoch());
    assertEquals(null, listener.resumed);
  }

  @Test
  void checkpointsAreWrittenWhenTheyShallBe() {
    AtomicInteger written = new AtomicInteger();
    class Counts implements TrainingProgress, Resumable {
      @Override
      public String saveState() {
        written.incrementAndGet();
        return "";
      }

      @Override
      public void restoreState(String state) {}
    }
    TrainingRun.Builder run = TrainingRun.builder().progress(new Counts());
    train(SmallTraining.texts(), 4, run.checkpoints(checkpoints().build()).build());
    assertEquals(0, written.getAndSet(0), "shorter than the time between two");
    assertFalse(Files.exists(folder.resolve("checkpoint-last.zip")));
    train(SmallTraining.texts(), 4, run.checkpoints(checkpoints().everyEpochs(2).build()).build());
    assertEquals(1, written.getAndSet(0), "of three epochs the second one");
    Listener steps = new Listener(0);
    train(
        SmallTraining.texts(),
        4,
        run.progress(steps).checkpoints(checkpoints().every(Duration.ZERO).build()).build());
    assertEquals(steps.made, written.get(), "one a step, where the last one is the epoch's");
  }

  /** A process that is killed between the end of the training and saving can still go on. */
  @Test
  void aTrainingThatHadEndedGivesTheSameAtOnce() {
    Checkpoints checkpoints = checkpoints().every(Duration.ZERO).resume(true).build();
    TextClassifier first =
        train(SmallTraining.texts(), 4, TrainingRun.builder().checkpoints(checkpoints).build());
    Listener again = new Listener(0);
    TextClassifier second =
        train(
            SmallTraining.texts(),
            4,
            TrainingRun.builder().progress(again).checkpoints(checkpoints).build());
    assertEquals(0, again.made);
    assertEquals(3, again.epochs.size());
    assertEquals(first.predict("the old isx"), second.predict("the old isx"));
    assertEquals(first.provenance().bestEpoch(), second.provenance().bestEpoch());
    checkpoints.delete();
    assertFalse(checkpoints.present());
    assertFalse(Files.exists(checkpoints.best()));
  }

  @Test
  void whatListenersRememberOutlastsAStop() {
    class Remembers extends Resumables {}
    Remembers first = new Remembers();
    first.text = "so far";
    TrainingRun.Builder run = TrainingRun.builder().checkpoints(checkpoints().resume(true).build());
    assertThrows(
        TrainingStoppedException.class,
        () -> train(SmallTraining.texts(), 4, run.progress(first).stop(() -> true).build()));
    Remembers second = new Remembers();
    train(
        SmallTraining.texts(),
        4,
        TrainingRun.builder()
            .progress(second)
            .checkpoints(checkpoints().resume(true).build())
            .build());
    assertEquals("so far", second.text);
  }

  private static class Resumables implements TrainingProgress, Resumable {
    String text = "";

    @Override
    public String saveState() {
      return text;
    }

    @Override
    public void restoreState(String state) {
      text = state;
    }
  }

  @Test
  void anInterruptLeavesACheckpoint() {
    Thread.currentThread().interrupt();
    TrainingStoppedException stopped =
        assertThrows(
            TrainingStoppedException.class,
            () -> train(SmallTraining.texts(), 4, resuming(new Listener(0))));
    assertTrue(Thread.interrupted());
    assertTrue(Files.exists(stopped.checkpoint().orElseThrow()));
  }

  @Test
  void whatAKilledProcessLeftHalfWrittenIsRemoved() throws IOException {
    Path half = folder.resolve(".checkpoint-last.zip.1f0.tmp");
    Files.writeString(half, "half");
    Path other = folder.resolve(".model.zip.1f0.tmp");
    Files.writeString(other, "of somebody else");
    stopAfter(3);
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(other));
  }

  private TrainingDivergedException diverged(MapSchedule rates, TrainingRun.Builder run) {
    return assertThrows(
        TrainingDivergedException.class,
        () ->
            TextClassifier.train(
                SmallTraining.texts(),
                TextClassification.builder()
                    .recurrence(Recurrence.SIMPLE_RNN)
                    .activation(Activation.RELU)
                    .embeddingSize(4)
                    .hiddenSize(4)
                    .updater(new Sgd(rates))
                    .build(),
                TrainingOptions.builder().epochs(5).batchSize(10).build(),
                run.checkpoints(checkpoints().build()).build()));
  }

  /** That the loss is no number is told, whatever else goes wrong at the same time. */
  @Test
  void aLossThatIsNoNumberIsToldAboveAll() throws IOException {
    MapSchedule rates =
        new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 0.01).add(1, 1e30).build();
    TrainingListener interrupting =
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model network, int iteration, int epoch) {
            if (!Double.isFinite(network.score())) {
              Thread.currentThread().interrupt();
            }
          }
        };
    TrainingDivergedException interrupted =
        diverged(rates, TrainingRun.builder().listener(interrupting));
    assertTrue(Thread.interrupted(), "the interrupt is not lost");
    assertTrue(Files.exists(interrupted.bestModel().orElseThrow()));

    Files.delete(folder.resolve("checkpoint-best.zip"));
    Files.createDirectories(folder.resolve("checkpoint-best.zip/in the way"));
    TrainingDivergedException notKept = diverged(rates, TrainingRun.builder());
    assertTrue(notKept.getMessage().contains("loss became"), notKept.getMessage());
    assertTrue(notKept.getMessage().contains("No model was kept: "), notKept.getMessage());
    assertTrue(notKept.bestModel().isEmpty());
    assertEquals(1, notKept.getSuppressed().length);
  }

  /** As the finished model, it has an updater without history, which begins at the first step. */
  @Test
  void theBestModelOfAFrozenTrainingIsLikeAFinishedOne() {
    Listener listener = new Listener(15);
    TrainingStoppedException stopped =
        assertThrows(
            TrainingStoppedException.class,
            () -> SmallTraining.FROZEN_CLASSIFICATION.train(resuming(listener)));
    ComputationGraph best =
        ModelFile.read(stopped.bestModel().orElseThrow(), "text-classification").network();
    assertEquals(0, best.getIterationCount());
    assertEquals(0, best.getEpochCount());
    assertEquals(0, best.getUpdater().getStateViewArray().amaxNumber().doubleValue());
    assertEquals(15, listener.made);
  }

  /** A training that begins anew leaves nothing of the one before. */
  @Test
  void theBestModelOfAnotherTrainingDoesNotStay() {
    stopAfter(20);
    assertTrue(Files.exists(folder.resolve("checkpoint-best.zip")));
    TrainingStoppedException stopped =
        assertThrows(
            TrainingStoppedException.class,
            () ->
                train(
                    SmallTraining.texts(),
                    4,
                    TrainingRun.builder()
                        .stop(() -> true)
                        .checkpoints(checkpoints().build())
                        .build()));
    assertTrue(stopped.bestModel().isEmpty());
    assertFalse(Files.exists(folder.resolve("checkpoint-best.zip")));
  }

  /** The learning rate explodes in the second epoch, or at once. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aLossThatIsNoNumberLeavesTheBestModel(int bad) {
    MapSchedule.Builder rates = new MapSchedule.Builder(ScheduleType.EPOCH);
    rates.add(0, bad == 0 ? 1e30 : 0.01);
    if (bad > 0) {
      rates.add(bad, 1e30);
    }
    TrainingDivergedException diverged = diverged(rates.build(), TrainingRun.builder());
    assertTrue(diverged.getMessage().contains("Lower the learning rate"), diverged.getMessage());
    assertFalse(checkpoints().build().present(), "going on would come to the same end");
    if (bad == 0) {
      assertTrue(diverged.getMessage().contains("no model to keep"), diverged.getMessage());
      assertTrue(diverged.bestModel().isEmpty());
    } else {
      assertTrue(
          diverged.getMessage().contains("kept in " + folder.resolve("checkpoint-best.zip")),
          diverged.getMessage());
      TextClassifier best = TextClassifier.load(diverged.bestModel().orElseThrow());
      assertEquals(1, best.provenance().bestEpoch());
      assertTrue(best.predict("the old isx").probability() > 0);
    }
  }

  /** Cut off anywhere, or with any bit turned over, it is refused, or it is the same. */
  @Test
  void damagedCheckpointsAreRefused() throws IOException {
    stopAfter(12);
    Path file = folder.resolve("checkpoint-last.zip");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, i % 3 == 0 ? Arrays.copyOf(whole, at) : damaged);
      try {
        CheckpointFile read = CheckpointFile.read(file);
        assertTrue(read.state(CheckpointState.class).isWhole());
      } catch (ModelFileException e) {
        assertTrue(e.getMessage().contains("heckpoint"), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 120, "refused: " + refused); // names and times in heads do not count
    Files.delete(folder.resolve("checkpoint-best.zip"));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    ModelFileException e =
        assertThrows(
            ModelFileException.class,
            () -> train(SmallTraining.texts(), 4, resuming(new Listener(0))));
    assertTrue(e.getMessage().contains("Remove it and begin anew"), e.getMessage());
  }

  @Test
  void aMissingFolderIsNamedBeforeTheTraining() {
    Listener listener = new Listener(0);
    ModelFileException e =
        assertThrows(
            ModelFileException.class,
            () ->
                train(
                    SmallTraining.texts(),
                    4,
                    TrainingRun.builder()
                        .progress(listener)
                        .checkpoints(Checkpoints.builder(folder.resolve("none")).build())
                        .build()));
    assertTrue(e.getMessage().contains("does not exist"), e.getMessage());
    assertEquals(0, listener.made);
  }

  @Test
  void theRandomNumbersAreThoseOfJava() {
    Random java = new Random(42);
    ReplayableRandom ours = new ReplayableRandom(42);
    for (int i = 0; i < 100; i++) {
      assertEquals(java.nextInt(), ours.nextInt());
      assertEquals(java.nextInt(1 + i), ours.nextInt(1 + i));
      assertEquals(java.nextLong(), ours.nextLong());
      assertEquals(java.nextDouble(), ours.nextDouble());
      assertEquals(java.nextBoolean(), ours.nextBoolean());
    }
    long state = ours.state();
    List<Integer> some = Stream.generate(ours::nextInt).limit(5).toList();
    ours.restore(state);
    assertEquals(some, Stream.generate(ours::nextInt).limit(5).toList());
    ours.setSeed(42);
    assertEquals(new Random(42).nextInt(), ours.nextInt());
    List<Integer> one = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
    List<Integer> other = new ArrayList<>(one);
    Collections.shuffle(one, new Random(3));
    Collections.shuffle(other, new ReplayableRandom(3));
    assertEquals(one, other);
  }
}
