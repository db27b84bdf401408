package io.github.recurrentzoo.zoo;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** Fine-tuning of sequence to sequence, text generation and forecasting. */
class FineTunePipelinesTest {
  @TempDir Path folder;

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .batchSize(8)
        .patience(epochs)
        .seed(Learning.seed())
        .validationSplit(0.2)
        .build();
  }

  private static FineTuneOptions.Builder options(int epochs) {
    return FineTuneOptions.builder().learningRate(0.02).training(training(epochs));
  }

  static Stream<Arguments> recurrenceAndFreeze() {
    return Stream.of(Recurrence.values())
        .flatMap(
            recurrence ->
                Stream.of(Freeze.values()).map(freeze -> Arguments.of(recurrence, freeze)));
  }

  private static float[] numbers(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** What a frozen layer has is the same to the bit, and nothing else is. */
  private static void assertFrozen(
      ComputationGraph before, ComputationGraph after, Set<String> frozen) {
    int count = 0;
    for (Layer layer : before.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      count += frozen.contains(name) ? 1 : 0;
      layer
          .paramTable()
          .forEach(
              (key, array) -> {
                INDArray now = after.getLayer(name).getParam(key);
                if (frozen.contains(name)) {
                  assertArrayEquals(numbers(array), numbers(now), 0f, name + "." + key);
                } else {
                  assertNotEquals(array, now, name + "." + key);
                }
              });
    }
    assertEquals(frozen.size(), count, "layers " + frozen);
  }

  private static Set<String> allBut(ComputationGraph network, String head) {
    Set<String> names = new HashSet<>();
    for (Layer layer : network.getLayers()) {
      names.add(layer.conf().getLayer().getLayerName());
    }
    names.remove(head);
    return names;
  }

  private static List<TextPair> pairs(String alphabet) {
    Random random = new Random(3);
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      StringBuilder source = new StringBuilder();
      for (int length = 1 + random.nextInt(3); length > 0; length--) {
        source.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      pairs.add(new TextPair(source.toString(), source.toString().toUpperCase(Locale.ROOT)));
    }
    return pairs;
  }

  private static SequenceTranslator translator(Recurrence recurrence, int epochs) {
    return SequenceTranslator.train(
        pairs("abcd"),
        SequenceToSequence.builder()
            .recurrence(recurrence)
            .embeddingSize(6)
            .hiddenSize(16)
            .l2(1e-3)
            .dropout(0.1)
            .seed(Learning.seed())
            .updater(new Adam(0.02))
            .build(),
        training(epochs));
  }

  private ComputationGraph network(SequenceTranslator translator) {
    Path file = folder.resolve("network.zip");
    translator.save(file);
    return ModelFile.read(file, "sequence-to-sequence").network();
  }

  @ParameterizedTest
  @MethodSource("recurrenceAndFreeze")
  void aTranslatorFreezes(Recurrence recurrence, Freeze freeze) {
    SequenceTranslator model = translator(recurrence, 1);
    ComputationGraph before = network(model);
    SequenceTranslator tuned = model.fineTune(pairs("abcd"), options(1).freeze(freeze).build());
    Set<String> frozen =
        switch (freeze) {
          case NOTHING -> Set.of();
          case EMBEDDING -> Set.of("source-embedding", "target-embedding");
          case ALL_BUT_HEAD -> allBut(before, "symbols");
        };
    assertFrozen(before, network(tuned), frozen);
    assertArrayEquals(numbers(before.params()), numbers(network(model).params()), "the model");
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void aTranslatorLearnsNewSymbolsAndKeepsTheOldOnes(Recurrence recurrence) {
    SequenceTranslator model = translator(recurrence, 6);
    ComputationGraph before = network(model);
    SequenceTranslator still =
        model.fineTune(pairs("abxy"), options(1).learningRate(1e-12).build());
    ComputationGraph after = network(still);
    int known = model.targetVocabulary().size();
    assertEquals(known + 2, still.targetVocabulary().size());
    assertArrayEquals(
        numbers(before.getLayer("target-embedding").getParam("W")),
        numbers(after.getLayer("target-embedding").getParam("W").getRows(rows(known))),
        1e-9f);
    assertArrayEquals(
        numbers(before.getLayer("source-embedding").getParam("W")),
        numbers(after.getLayer("source-embedding").getParam("W").getRows(rows(known))),
        1e-9f);
    assertArrayEquals(
        numbers(before.getLayer("symbols").getParam("W")),
        numbers(after.getLayer("symbols").getParam("W").getColumns(rows(known))),
        1e-9f);
    assertEquals(
        """
        source symbols: 2 known, 2 new, 0 unknown; 2 others of the model stay
        target symbols: 2 known, 2 new, 0 unknown; 2 others of the model stay\
        """,
        still.provenance().origin().mapping().toString());
    SequenceTranslator tuned =
        model.fineTune(pairs("abxy"), options(30).learningRate(0.005).build());
    double loss = tuned.provenance().validationLoss();
    double untuned = still.provenance().validationLoss();
    assertBelow(
        "loss after fine-tuning / loss before of " + recurrence, loss / untuned, 0.5, "0.1");
    String answers =
        pairs("abxy").stream()
            .map(pair -> tuned.translate(pair.source()).text())
            .reduce("", String::concat);
    assertTrue(answers.contains("X") || answers.contains("Y"), answers);
    Path file = folder.resolve("tuned.zip");
    tuned.save(file);
    assertEquals(tuned.translate("ax"), SequenceTranslator.load(file).translate("ax"));
    FineTuneOptions frozen = options(1).freeze(Freeze.EMBEDDING).build();
    assertTrue(
        assertThrows(DataException.class, () -> model.fineTune(pairs("abxy"), frozen))
            .getMessage()
            .contains("let new symbols be added"));
  }

  private static int[] rows(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static TextGenerator generator(Recurrence recurrence) {
    return TextGenerator.train(
        List.of("the cat sat on the mat.\n".repeat(30)),
        TextGeneration.builder()
            .recurrence(recurrence)
            .embeddingSize(6)
            .hiddenSize(16)
            .layers(2)
            .l2(1e-4)
            .segmentLength(16)
            .seed(Learning.seed())
            .updater(new Adam(0.02))
            .build(),
        training(3));
  }

  private ComputationGraph network(TextGenerator generator) {
    Path file = folder.resolve("network.zip");
    generator.save(file);
    return ModelFile.read(file, "text-generation").network();
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(value = Recurrence.class, mode = Mode.EXCLUDE, names = "PEEPHOLE_LSTM")
  void aGeneratorFreezesAndLearnsNewCharacters(Recurrence recurrence) {
    TextGenerator model = generator(recurrence);
    ComputationGraph before = network(model);
    String other = "we KNOW the mat.\n".repeat(40);
    for (Freeze freeze : Freeze.values()) {
      TextGenerator tuned =
          model.fineTune(List.of(other), options(1).newWords(0).freeze(freeze).build());
      Set<String> frozen =
          switch (freeze) {
            case NOTHING -> Set.of();
            case EMBEDDING -> Set.of("embedding");
            case ALL_BUT_HEAD -> allBut(before, "next");
          };
      assertFrozen(before, network(tuned), frozen);
    }
    int known = model.vocabulary().size();
    TextGenerator still = model.fineTune(List.of(other), options(1).learningRate(1e-12).build());
    ComputationGraph after = network(still);
    assertArrayEquals(
        numbers(before.getLayer("embedding").getParam("W")),
        numbers(after.getLayer("embedding").getParam("W").getRows(rows(known))),
        1e-9f);
    assertArrayEquals(
        numbers(before.getLayer("next").getParam("b")),
        numbers(
            Networks.matrix(after.getLayer("next").getParam("b"))
                .get(interval(0, 1), interval(0, known))),
        1e-9f);
    TextGenerator tuned = model.fineTune(List.of(other), options(12).build());
    double loss = tuned.provenance().validationLoss();
    assertBelow("loss of a character of " + recurrence, loss, 0.5, "0.02; before 5");
    assertEquals("OW", tuned.generate("we KN", greedy(2)));
    assertEquals(
        "characters: 8 known, 5 new, 0 unknown; 4 others of the model stay",
        tuned.provenance().origin().mapping().toString());
    Path file = folder.resolve("tuned.zip");
    tuned.save(file);
    assertEquals(
        tuned.generate("we", greedy(9)), TextGenerator.load(file).generate("we", greedy(9)));
    FineTuneOptions none = options(1).newWords(0).build();
    assertThrows(DataException.class, () -> model.fineTune(List.of("1234567890".repeat(40)), none));
  }

  private static GenerationOptions greedy(int length) {
    return GenerationOptions.builder().length(length).temperature(0).build();
  }

  private static TimeSeries series(double level, TimeStep step, String... columns) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int c = 0; c < columns.length; c++) {
      double[] column = new double[120];
      for (int i = 0; i < column.length; i++) {
        column[i] = level * (3 + c + Math.sin(i * (0.7 + 0.1 * c)));
      }
      values.put(columns[c], column);
    }
    return TimeSeries.of(LocalDate.of(2020, 1, 1), step, values);
  }

  private static Forecaster forecaster(Recurrence recurrence) {
    return Forecaster.train(
        series(1, TimeStep.days(1), "warmth", "wind"),
        ForecastOptions.builder()
            .targets("warmth")
            .pastCovariates("wind")
            .lookback(8)
            .horizon(2)
            .build(),
        SequenceForecasting.builder()
            .recurrence(recurrence)
            .hiddenSize(8)
            .l2(1e-3)
            .seed(Learning.seed())
            .updater(new Adam(0.02))
            .build(),
        training(8));
  }

  private ComputationGraph network(Forecaster forecaster) {
    Path file = folder.resolve("network.zip");
    forecaster.save(file);
    return ModelFile.read(file, "forecasting").network();
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void aForecasterTakesOtherColumnsAndFreezes(Recurrence recurrence) {
    Forecaster model = forecaster(recurrence);
    ComputationGraph before = network(model);
    TimeSeries other = series(500, TimeStep.days(1), "speed", "load");
    List<String> targets = List.of("speed");
    List<String> inputs = List.of("load");
    for (Freeze freeze : List.of(Freeze.NOTHING, Freeze.ALL_BUT_HEAD)) {
      FineTuneOptions options = options(1).freeze(freeze).build();
      Forecaster tuned = model.fineTune(other, targets, inputs, options);
      assertFrozen(
          before,
          network(tuned),
          freeze == Freeze.NOTHING ? Set.of() : allBut(before, SequenceForecasting.OUTPUT));
      // The same waves, 500 times as high: what it has learned holds after scaling.
      double value = tuned.forecast(other).targets().get(0).values().get(0);
      double error = Math.abs(value / 500 - (3 + Math.sin(120 * 0.7)));
      assertBelow("error / height of the wave", error, 0.5, "0.1");
      assertEquals(
          """
          targets: 1 kept (speed for warmth), 0 new, 0 dropped
          past covariates: 1 kept (load for wind), 0 new, 0 dropped\
          """,
          tuned.provenance().origin().mapping().toString());
      Path file = folder.resolve("tuned.zip");
      tuned.save(file);
      assertEquals(tuned.forecast(other), Forecaster.load(file).forecast(other));
    }
    Forecaster byName =
        model.fineTune(series(2, TimeStep.days(1), "wind", "warmth"), options(1).build());
    assertEquals(List.of("warmth"), byName.options().targets());
  }

  @ParameterizedTest
  @EnumSource(value = Recurrence.class, names = "LSTM")
  void aForecasterRefusesWhatMakesNoSense(Recurrence recurrence) {
    Forecaster model = forecaster(recurrence);
    TimeSeries other = series(5, TimeStep.days(1), "speed", "load");
    FineTuneOptions some = options(1).build();
    assertRefused(
        "The series has no column \"warmth\"; it has [speed, load].",
        () -> model.fineTune(other, some));
    assertRefused(
        "There are 1 targets [speed] and 0 past covariates []",
        () -> model.fineTune(other, List.of("speed"), List.of(), some));
    assertRefused(
        "The series has one row each",
        () -> model.fineTune(series(5, TimeStep.months(1), "warmth", "wind"), some));
    FineTuneOptions embedding = options(1).freeze(Freeze.EMBEDDING).build();
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> model.fineTune(other, embedding))
            .getMessage()
            .contains("has no embedding"));
  }

  private static void assertRefused(String message, Executable work) {
    String found = assertThrows(DataException.class, work).getMessage();
    assertTrue(found.startsWith(message), found);
  }
}
