package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Networks that were trained in a loop of their own are put into pipelines. */
class TrainedOutsideTest {
  @TempDir Path folder;

  /** Saved and loaded as any other, it says where it comes from. */
  private Pipeline saved(Pipeline pipeline) {
    assertTrue(pipeline.provenance().trainedOutside());
    Path file = folder.resolve("model.zip");
    pipeline.save(file);
    Pipeline loaded = Zoo.load(file);
    assertTrue(loaded.provenance().trainedOutside());
    assertNull(loaded.info().training());
    assertEquals(pipeline.info().architecture(), loaded.info().architecture());
    assertTrue(loaded.toString().endsWith(", trained outside of the zoo)"), loaded.toString());
    return loaded;
  }

  private static void assertRefused(String message, Runnable making) {
    String actual = assertThrows(IllegalArgumentException.class, making::run).getMessage();
    assertTrue(actual.startsWith(message), actual);
  }

  @Test
  void aTextClassifier() {
    Vocabulary vocabulary = Vocabulary.ofWords(List.of("good", "bad"));
    TextClassification entry =
        TextClassification.builder()
            .vocabularySize(vocabulary.size())
            .embeddingSize(4)
            .hiddenSize(4)
            .updater(new Adam(0.05))
            .build();
    ComputationGraph network = entry.init();
    INDArray ids =
        Nd4j.createFromArray(new float[][] {{vocabulary.id("good")}, {vocabulary.id("bad")}});
    INDArray answers = Nd4j.createFromArray(new float[][] {{1}, {0}}); // the second of two labels
    for (int step = 0; step < 100; step++) {
      network.fit(new INDArray[] {ids}, new INDArray[] {answers});
    }
    TextClassifier classifier = TextClassifier.of(network, entry, vocabulary, List.of("no", "yes"));
    network.params().assign(0); // it was copied
    TextClassifier loaded = (TextClassifier) saved(classifier);
    assertEquals("yes", loaded.predict("Good").label());
    assertEquals("no", loaded.predict("Bad!").label());
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new LabeledText(i % 2 == 0 ? "good" : "bad", i % 2 == 0 ? "yes" : "no"));
    }
    TextClassifier further =
        loaded.trainOn(rows, TrainingOptions.builder().epochs(1).validationSplit(0.3).build());
    assertTrue(further.provenance().origin().model().trainedOutside());
    assertEquals("yes", further.predict("good").label());

    assertRefused(
        "The weights \"class_W\" of the network are [4, 1], but those of the architecture with"
            + " these vocabularies, labels or columns are [4, 3].",
        () -> TextClassifier.of(network, entry, vocabulary, List.of("a", "b", "c")));
    assertRefused(
        "The weights \"embedding_W\" of the network are [4, 4], but those of the architecture with"
            + " these vocabularies, labels or columns are [3, 4].",
        () ->
            TextClassifier.of(
                network, entry, Vocabulary.ofWords(List.of("good")), List.of("no", "yes")));
    assertRefused(
        "The weights \"recurrent-1_RW\" of the network are [4, 16], but those of the architecture"
            + " with these vocabularies, labels or columns are [4, 4].",
        () ->
            TextClassifier.of(
                network,
                entry.toBuilder().recurrence(Recurrence.SIMPLE_RNN).build(),
                vocabulary,
                List.of("no", "yes")));
    assertRefused(
        "The labels [no, no] name a label twice",
        () -> TextClassifier.of(network, entry, vocabulary, List.of("no", "no")));
  }

  @Test
  void aForecaster() {
    double[] y = new double[120];
    for (int t = 0; t < y.length; t++) {
      y[t] = 10 + 3 * Math.sin(2 * Math.PI * t / 8);
    }
    TimeSeries series = TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", y));
    ForecastOptions options =
        ForecastOptions.builder().targets("y").lookback(8).horizon(2).seasonality(8).build();
    SequenceForecasting entry =
        SequenceForecasting.builder()
            .inputSize(options.inputSize())
            .horizon(2)
            .hiddenSize(8)
            .updater(new Adam(0.02))
            .build();
    ComputationGraph network = entry.init();
    MultiDataSet windows = Forecaster.windows(series, options, 0.2);
    assertEquals(List.of(87L, 1L, 8L), shape(windows.getFeatures(0)));
    assertEquals(List.of(87L, 2L), shape(windows.getLabels(0)));
    for (int step = 0; step < 150; step++) {
      network.fit(windows);
    }
    Forecaster forecaster = Forecaster.of(network, entry, options, series, 0.2);
    Forecaster loaded = (Forecaster) saved(forecaster);
    double next = loaded.forecast(series).targets().get(0).values().get(0);
    assertEquals(10 + 3 * Math.sin(2 * Math.PI * 120 / 8), next, 1);
    assertEquals(forecaster.forecast(series).targets(), loaded.forecast(series).targets());

    assertRefused(
        "The weights \"forecast_W\" of the network are [8, 2], but those of the architecture with"
            + " these vocabularies, labels or columns are [8, 3].",
        () ->
            Forecaster.of(
                network,
                entry,
                ForecastOptions.builder().targets("y").lookback(8).horizon(3).build(),
                series,
                0.2));
  }

  private static List<Long> shape(INDArray array) {
    List<Long> shape = new ArrayList<>();
    for (long size : array.shape()) {
      shape.add(size);
    }
    return shape;
  }

  @Test
  void aTextGenerator() {
    CharacterVocabulary vocabulary = CharacterVocabulary.ofCharacters(List.of("a", "b"));
    TextGeneration entry =
        TextGeneration.builder()
            .vocabularySize(vocabulary.size())
            .embeddingSize(3)
            .hiddenSize(4)
            .segmentLength(8)
            .build();
    ComputationGraph network = entry.init();
    TextGenerator generator = TextGenerator.of(network, entry, vocabulary);
    TextGenerator loaded = (TextGenerator) saved(generator);
    GenerationOptions likeliest = GenerationOptions.builder().length(5).temperature(0).build();
    assertEquals(generator.generate("ab", likeliest), loaded.generate("ab", likeliest));
    assertEquals(8, loaded.segmentLength());

    assertRefused(
        "The weights \"embedding_W\" of the network are [3, 3], but those of the architecture with"
            + " these vocabularies, labels or columns are [4, 3].",
        () ->
            TextGenerator.of(
                network, entry, CharacterVocabulary.ofCharacters(List.of("a", "b", "c"))));
  }

  @Test
  void aTranslator() {
    SymbolVocabulary source = SymbolVocabulary.ofSymbols(List.of("a", "b"), SymbolUnit.CHARACTERS);
    SymbolVocabulary target = SymbolVocabulary.ofSymbols(List.of("X"), SymbolUnit.TOKENS);
    SequenceToSequence entry =
        SequenceToSequence.builder()
            .sourceVocabularySize(source.size())
            .targetVocabularySize(target.size())
            .embeddingSize(3)
            .hiddenSize(4)
            .maxOutputLength(3)
            .build();
    ComputationGraph network = entry.init();
    SequenceTranslator translator = SequenceTranslator.of(network, entry, source, target);
    SequenceTranslator loaded = (SequenceTranslator) saved(translator);
    assertEquals(translator.translate("ab"), loaded.translate("ab"));
    assertEquals(SymbolUnit.TOKENS, loaded.targetVocabulary().unit());

    assertRefused(
        "The weights \"source-embedding_W\" of the network are [6, 3], but those of the"
            + " architecture with these vocabularies, labels or columns are [5, 3].",
        () -> SequenceTranslator.of(network, entry, target, target));
  }
}
