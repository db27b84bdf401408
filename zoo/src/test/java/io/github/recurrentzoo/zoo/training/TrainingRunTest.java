package io.github.recurrentzoo.zoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners of the network, and requests to stop. */
class TrainingRunTest {

  private static final TrainingOptions TWO_EPOCHS =
      TrainingOptions.builder().epochs(2).batchSize(4).patience(2).build();

  /** Counts the calls that Deeplearning4j's own fit would make. */
  private static final class Calls extends BaseTrainingListener {
    final TreeMap<String, Integer> counts = new TreeMap<>();
    final List<Integer> iterations = new ArrayList<>();

    private void count(String call) {
      counts.merge(call, 1, Integer::sum);
    }

    @Override
    public void onEpochStart(Model model) {
      count("epochStart");
    }

    @Override
    public void onEpochEnd(Model model) {
      count("epochEnd");
    }

    @Override
    public void onGradientCalculation(Model model) {
      count("gradient");
      assertEquals(model.numParams(), model.gradient().gradient().length());
    }

    @Override
    public void onBackwardPass(Model model) {
      count("backward");
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      count("iteration");
      iterations.add(iteration);
    }
  }

  private static List<LabeledText> rows() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new LabeledText("some words " + i % 2, "label" + i % 2));
    }
    return rows;
  }

  private static void train(String pipeline, TrainingRun run) {
    if (pipeline.equals("generator")) {
      TextGenerator.train(
          List.of("abcdefgh hgfedcba ".repeat(20)),
          TextGeneration.builder().hiddenSize(4).segmentLength(10).build(),
          TWO_EPOCHS,
          run);
    } else {
      TextClassifier.train(
          rows(),
          TextClassification.builder().embeddingSize(4).hiddenSize(4).build(),
          TWO_EPOCHS,
          run);
    }
  }

  /** A text generator makes its steps by itself, a text classifier by Deeplearning4j's fit. */
  @ParameterizedTest
  @ValueSource(strings = {"generator", "classifier"})
  void listenersHearOfEachStepAndEpoch(String pipeline) {
    Calls calls = new Calls();
    Calls other = new Calls();
    AtomicInteger steps = new AtomicInteger();
    AtomicInteger epochs = new AtomicInteger();
    TrainingProgress progress =
        new TrainingProgress() {
          @Override
          public void onBatch(BatchEvent event) {
            steps.incrementAndGet();
          }

          @Override
          public void onEpoch(EpochEvent event) {
            epochs.incrementAndGet();
          }
        };
    train(
        pipeline,
        TrainingRun.builder()
            .listener(calls)
            .listener(other)
            .progress(progress)
            .progress(progress)
            .build());
    int made = steps.get() / 2;
    assertTrue(made >= 8, "steps: " + made);
    assertEquals(2 * 2, epochs.get(), "two epochs, heard twice");
    assertEquals(
        "{backward=%1$d, epochEnd=2, epochStart=2, gradient=%1$d, iteration=%1$d}".formatted(made),
        calls.counts.toString());
    assertEquals(calls.counts, other.counts);
    assertEquals(0, calls.iterations.get(0));
    assertEquals(made - 1, calls.iterations.get(made - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"generator", "classifier"})
  void itStopsAfterTheStepInWhichThatIsAskedFor(String pipeline) {
    Calls calls = new Calls();
    TrainingStoppedException stopped =
        assertThrows(
            TrainingStoppedException.class,
            () ->
                train(
                    pipeline,
                    TrainingRun.builder()
                        .listener(calls)
                        .stop(() -> calls.iterations.size() == 3)
                        .build()));
    assertEquals(3, calls.iterations.size());
    assertTrue(
        stopped.getMessage().startsWith("Training was stopped in epoch 1, after step 3 of "),
        stopped.getMessage());
  }

  @Test
  void anInterruptedThreadStopsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(TrainingStoppedException.class, () -> train("classifier", TrainingRun.SILENT));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aTrainingThatHasEndedIsNotStopped() {
    Calls calls = new Calls();
    train(
        "classifier",
        TrainingRun.builder().listener(calls).stop(() -> calls.iterations.size() == 10).build());
    assertEquals(10, calls.iterations.size());
  }
}
