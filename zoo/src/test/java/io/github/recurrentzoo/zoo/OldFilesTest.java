package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.CharacterNGrams;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.report.GradientNorms;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.Checkpoints;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Models and a checkpoint that the code of 2026-11-28 wrote load, and give what they gave then; the
 * README beside the files says how they were made.
 */
class OldFilesTest {

  private static final Path FILES = Path.of("src/test/resources/formats/0.1-2026-11-28");

  /** Of answers; the tanh of the kernels has changed in its last bits since. */
  private static final double SAME = 1e-5;

  /** Of what comes out of a training that goes on: rounding has more steps to grow. */
  private static final double SAME_TRAINING = 1e-4;

  /** What was recorded for one file, by name. */
  private static Map<String, Double> recorded(String file) throws IOException {
    Map<String, Double> answers = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FILES.resolve("answers.tsv"))) {
      String[] cells = line.split("\t", -1);
      if (cells[0].startsWith(file + " ")) {
        answers.put(cells[0].substring(file.length() + 1), Double.valueOf(cells[1]));
      }
    }
    return answers;
  }

  private static void assertSame(
      Map<String, Double> expected, Map<String, Double> actual, double tolerance) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, value) -> assertEquals(value, actual.get(name), tolerance, name));
  }

  private static Map<String, Double> probabilities(TextClassifier classifier) {
    return classifier.predict("the old and new isy 3").probabilities();
  }

  @Test
  void classifier() throws IOException {
    TextClassifier classifier = TextClassifier.load(FILES.resolve("text-classification.zip"));
    assertSame(recorded("text-classification"), probabilities(classifier), SAME);
  }

  @Test
  void forecaster() throws IOException {
    double[] y =
        Files.readAllLines(FILES.resolve("series.txt")).stream()
            .mapToDouble(Double::parseDouble)
            .toArray();
    TimeSeries series = TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", y));
    Forecaster forecaster = Forecaster.load(FILES.resolve("forecasting.zip"));
    Forecast.Target target = forecaster.forecast(series).targets().get(0);
    Map<String, Double> answers = new LinkedHashMap<>();
    for (int k = 0; k < target.values().size(); k++) {
      answers.put("value " + k, target.values().get(k));
      answers.put("lower " + k, target.lower().get(k));
      answers.put("upper " + k, target.upper().get(k));
    }
    assertSame(recorded("forecasting"), answers, SAME);
  }

  @Test
  void generator() throws IOException {
    TextGenerator generator = TextGenerator.load(FILES.resolve("text-generation.zip"));
    String read = "hgfedcba abba abcdefgh ".repeat(20);
    CharacterNGrams baseline = CharacterNGrams.of(read, generator.vocabulary(), 2);
    double bits = generator.evaluate(read, baseline).bitsPerCharacter();
    assertSame(recorded("text-generation"), Map.of("bits", bits), SAME);
  }

  @Test
  void translator() throws IOException {
    SequenceTranslator translator =
        SequenceTranslator.load(FILES.resolve("sequence-to-sequence.zip"));
    Map<String, Double> answers = new LinkedHashMap<>();
    for (String word : List.of("a", "ab", "dcb")) {
      Translation translation = translator.translate(word);
      answers.put(word + " " + translation.text(), translation.logProbability());
    }
    assertSame(recorded("sequence-to-sequence"), answers, SAME);
  }

  @Test
  void theBestModelOfACheckpoint() {
    TextClassifier classifier =
        TextClassifier.load(FILES.resolve("checkpoint/checkpoint-best.zip"));
    assertEquals(List.of("x", "y", "z"), classifier.labels());
  }

  /**
   * As the version that wrote it would have gone on, with Deeplearning4j's {@code fit}: the step on
   * kernels drops other units where rows are reversed.
   */
  @Test
  void aCheckpointGoesOnAsItWould(@TempDir Path folder) throws IOException {
    System.setProperty(FusedKernels.STEP, "off");
    try {
      assertSame(recorded("checkpoint"), goesOn(folder), SAME_TRAINING);
    } finally {
      System.clearProperty(FusedKernels.STEP);
    }
  }

  @Test
  void aCheckpointGoesOn(@TempDir Path folder) throws IOException {
    Map<String, Double> answers = goesOn(folder);
    assertEquals(recorded("checkpoint").keySet(), answers.keySet());
    assertEquals(recorded("checkpoint").get("points"), answers.get("points"));
  }

  private static Map<String, Double> goesOn(Path folder) throws IOException {
    for (String name : List.of("checkpoint-last.zip", "checkpoint-best.zip")) {
      Files.copy(FILES.resolve("checkpoint").resolve(name), folder.resolve(name));
    }
    GradientNorms norms = new GradientNorms();
    Steps steps = new Steps();
    TextClassifier classifier =
        TextClassifier.train(
            texts(),
            TextClassification.builder()
                .embeddingSize(6)
                .recurrence(Recurrence.LSTM)
                .bidirectional(true)
                .hiddenSize(6)
                .dropout(0.2)
                .l2(1e-4)
                .updater(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.02, 0.9)))
                .build(),
            TrainingOptions.builder()
                .epochs(4)
                .batchSize(12)
                .patience(2)
                .validationSplit(0.2)
                .build(),
            TrainingRun.builder()
                .progress(steps)
                .listener(norms)
                .checkpoints(
                    Checkpoints.builder(folder).every(Duration.ofDays(1)).resume(true).build())
                .build());
    assertTrue(steps.resumed, "the training began anew");
    assertEquals(24 - 10, steps.made);
    Map<String, Double> answers = new LinkedHashMap<>(probabilities(classifier));
    List<GradientNorms.Point> points = norms.points();
    answers.put("points", (double) points.size());
    points.get(points.size() - 1).norms().forEach((layer, n) -> answers.put("norm " + layer, n));
    return answers;
  }

  private static List<LabeledText> texts() throws IOException {
    return Files.readAllLines(FILES.resolve("texts.tsv")).stream()
        .map(line -> line.split("\t", -1))
        .map(cells -> new LabeledText(cells[1], cells[0]))
        .toList();
  }

  /** Counts the steps that were made here. */
  private static final class Steps implements TrainingProgress {
    boolean resumed;
    int made;

    @Override
    public void onResume(ResumeEvent event) {
      resumed = true;
    }

    @Override
    public void onBatch(BatchEvent event) {
      made++;
    }

    @Override
    public void onEpoch(EpochEvent event) {}
  }
}
