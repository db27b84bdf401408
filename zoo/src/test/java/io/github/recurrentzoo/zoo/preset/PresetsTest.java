package io.github.recurrentzoo.zoo.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.network.RecurrentZooModel;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Adler32;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.PretrainedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class PresetsTest {

  static List<Preset> presets() {
    return Presets.list();
  }

  @Test
  void eachTaskHasPresetsOfSmallSize() {
    for (PipelineType<?> type : Zoo.TYPES) {
      // What is normal is a matter of one's own series.
      boolean hasNone = type.equals(AnomalyDetector.TYPE);
      assertEquals(hasNone, Presets.of(type.task()).isEmpty(), type.name());
    }
    assertTrue(presets().stream().mapToLong(Preset::bytes).sum() < 25_000_000);
    assertEquals(presets().size(), presets().stream().map(Preset::name).distinct().count());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("presets")
  void theListTellsOfTheFile(Preset preset) throws IOException {
    byte[] bytes;
    try (InputStream in = Presets.url(preset).openStream()) {
      bytes = in.readAllBytes();
    }
    assertEquals(preset.bytes(), bytes.length);
    assertEquals(preset.sha256(), PresetLibrary.sha256(bytes));
    ComputationGraph network = Presets.open(preset).network();
    assertEquals(preset.parameters(), network.params().length());
    assertEquals(0, network.getIterationCount());
    assertEquals(preset.architecture(), Zoo.pretrained(preset.name()).info().architecture());
    assertNotNull(Recurrence.of(preset.architecture()));
    assertTrue(preset.metric().value() > 0 && preset.tolerance() > 0);
    for (String text : List.of(preset.about(), preset.data(), preset.licence(), preset.heldOut())) {
      assertFalse(text.isBlank());
    }
    assertEquals(preset, Presets.find(preset.name()).orElseThrow());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("presets")
  void initPretrainedGivesTheSameNetwork(Preset preset) throws IOException {
    RecurrentZooModel entry = builder(preset.task()).preset(preset.name()).build();
    assertTrue(entry.pretrainedAvailable());
    for (PretrainedType type : PretrainedType.values()) {
      boolean available = type == PretrainedType.IMAGENET;
      assertEquals(available, entry.pretrainedAvailable(type));
      if (!available) {
        assertNull(entry.pretrainedUrl(type));
        assertEquals(0, entry.pretrainedChecksum(type));
        assertThrows(UnsupportedOperationException.class, () -> entry.initPretrained(type));
      }
    }
    ComputationGraph network = entry.initPretrained();
    assertEquals(Presets.open(preset).network().params(), network.params());
    assertEquals(network.params(), entry.initPretrained(PretrainedType.IMAGENET).params());
    Adler32 checksum = new Adler32();
    try (InputStream in =
        URI.create(entry.pretrainedUrl(PretrainedType.IMAGENET)).toURL().openStream()) {
      checksum.update(in.readAllBytes());
    }
    assertEquals(checksum.getValue(), entry.pretrainedChecksum(PretrainedType.IMAGENET));
  }

  private static NetworkOptions<?> builder(Task task) {
    return Map.<Task, NetworkOptions<?>>of(
            TextClassification.TASK, TextClassification.builder(),
            SequenceForecasting.TASK, SequenceForecasting.builder(),
            TextGeneration.TASK, TextGeneration.builder(),
            SequenceToSequence.TASK, SequenceToSequence.builder(),
            SequenceTagging.TASK, SequenceTagging.builder(),
            SequenceClassification.TASK, SequenceClassification.builder())
        .get(task);
  }

  @Test
  void initPretrainedAnswersAsThePipelineAndTakesOtherTrainingOptions() {
    TextClassification entry =
        TextClassification.builder()
            .preset("wordnet-lstm")
            .updater(new Sgd(0.5))
            .dropout(0)
            .seed(3)
            .build();
    ComputationGraph network = entry.initPretrained();
    assertEquals(new Sgd(0.5), network.getLayer(0).conf().getLayer().getUpdaterByParam("W"));
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    List<String> words = List.of("a", "small", "brown", "bird");
    float[] ids = new float[words.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = classifier.vocabulary().id(words.get(i));
    }
    INDArray answer = network.outputSingle(Nd4j.create(ids, 1, ids.length));
    Prediction prediction = classifier.predict(String.join(" ", words));
    for (int i = 0; i < classifier.labels().size(); i++) {
      assertEquals(
          prediction.probabilities().get(classifier.labels().get(i)), answer.getDouble(0, i), 1e-6);
    }
  }

  @Test
  void optionsThatMatchNoPresetSayWhichThereAre() {
    TextClassification other =
        TextClassification.builder().preset("wordnet-lstm").hiddenSize(65).build();
    assertFalse(other.pretrainedAvailable());
    assertFalse(other.pretrainedAvailable(PretrainedType.IMAGENET));
    assertSays(
        UnsupportedOperationException.class,
        other::initPretrained,
        "hiddenSize=65",
        "wordnet-lstm",
        ".preset(");
  }

  @Test
  void anUnknownNameGetsTheKnownOnes() {
    assertSays(
        UnknownPresetException.class,
        () -> TextClassifier.pretrained("wordnet-ltsm"),
        "\"wordnet-ltsm\"",
        "Did you mean \"wordnet-lstm\"?",
        "wordnet-simple-rnn, wordnet-lstm, wordnet-gru, wordnet-rrnn");
    String message =
        assertThrows(UnknownPresetException.class, () -> Forecaster.pretrained("bert"))
            .getMessage();
    assertFalse(message.contains("Did you mean"), message);
    assertTrue(message.contains("seattle-weather-lstm"), message);
  }

  @Test
  void aNameForAnotherTaskSaysWhichClassItIsFor() {
    assertSays(
        UnknownPresetException.class,
        () -> TextGenerator.pretrained("wordnet-lstm"),
        "is for text classification; expected one for text generation",
        "definitions-lstm");
  }

  @Test
  void withoutTheArtifactTheMessageNamesIt() {
    PresetLibrary none = new PresetLibrary(path -> null);
    assertEquals(List.of(), none.presets());
    assertSays(
        UnknownPresetException.class,
        () -> none.get("wordnet-lstm", TextClassification.TASK),
        "recurrent-zoo-pretrained");
  }

  @Test
  void aDamagedOrReplacedFileIsRefused(@TempDir Path folder) throws IOException {
    Preset preset = Presets.get("seattle-weather-lstm", SequenceForecasting.TASK);
    copy(Presets.class.getResource(PresetLibrary.FOLDER + PresetLibrary.LIST), folder);
    copy(Presets.url(preset), folder);
    PresetLibrary library = new PresetLibrary(path -> url(folder, path));
    assertNotNull(library.open(preset));

    Path file = folder.resolve(preset.file());
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i += 1009) {
      byte[] damaged = good.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      assertSays(
          ModelFileException.class, () -> library.open(preset), preset.sha256(), preset.name());
    }
    Files.write(file, Arrays.copyOf(good, good.length - 1));
    assertSays(ModelFileException.class, () -> library.open(preset), preset.sha256());
    copyTo(Presets.url(Presets.get("co2-concentration-lstm", SequenceForecasting.TASK)), file);
    assertSays(ModelFileException.class, () -> library.open(preset), preset.sha256());
    Files.delete(file);
    assertSays(ModelFileException.class, () -> library.open(preset), "missing", preset.file());
    Files.writeString(folder.resolve(PresetLibrary.LIST), "[{\"name\":");
    assertSays(
        ModelFileException.class,
        () -> new PresetLibrary(path -> url(folder, path)).presets(),
        "presets.json");
  }

  private static URL url(Path folder, String path) {
    Path file = folder.resolve(path.substring(PresetLibrary.FOLDER.length()));
    try {
      return Files.exists(file) ? file.toUri().toURL() : null;
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  private static void copy(URL from, Path folder) throws IOException {
    String path = from.getPath();
    copyTo(from, folder.resolve(path.substring(path.lastIndexOf('/') + 1)));
  }

  private static void copyTo(URL from, Path file) throws IOException {
    try (InputStream in = from.openStream()) {
      Files.write(file, in.readAllBytes());
    }
  }

  private static void assertSays(
      Class<? extends Exception> type, Executable executable, String... expected) {
    String message = assertThrows(type, executable).getMessage();
    for (String part : expected) {
      assertTrue(message.contains(part), message);
    }
  }
}
