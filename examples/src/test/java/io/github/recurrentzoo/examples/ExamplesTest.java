package io.github.recurrentzoo.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.datasets.BrownCorpus;
import io.github.recurrentzoo.datasets.ControlCharts;
import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.datasets.SensorNetwork;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.datasets.WrittenDates;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** All examples run, on little data and for one epoch. */
class ExamplesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/github/recurrentzoo/examples");
  private static final int LONGEST = 60;

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  /** Every hundredth row, of all classes. */
  private static List<LabeledText> few(List<LabeledText> rows) {
    return IntStream.range(0, rows.size()).filter(i -> i % 100 == 0).mapToObj(rows::get).toList();
  }

  private void assertPrinted(String expected) {
    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains(expected), text);
  }

  private Map<String, Executable> examples() {
    Map<String, Executable> examples = new TreeMap<>();
    examples.put("TrainTextClassifier", this::trainTextClassifier);
    examples.put("TrainOnYourCsv", this::trainOnYourCsv);
    examples.put("FineTuneTextClassifier", this::fineTuneTextClassifier);
    examples.put("ForecastSeries", this::forecastSeries);
    examples.put("GenerateText", this::generateText);
    examples.put("NormalizeDates", this::normalizeDates);
    examples.put("TagPartsOfSpeech", this::tagPartsOfSpeech);
    examples.put("ClassifyControlCharts", this::classifyControlCharts);
    examples.put("DetectAnomalies", this::detectAnomalies);
    examples.put("PredictWithAPreset", this::predictWithAPreset);
    examples.put("TrainWithCheckpoints", this::trainWithCheckpoints);
    examples.put("CompareRecurrences", this::compareRecurrences);
    examples.put("RrnnInYourNetwork", this::rrnnInYourNetwork);
    examples.put("ServeFromManyThreads", this::serveFromManyThreads);
    return examples;
  }

  @TestFactory
  Stream<DynamicTest> run() {
    return examples().entrySet().stream()
        .map(example -> DynamicTest.dynamicTest(example.getKey(), example.getValue()));
  }

  @Test
  void eachExampleIsRunAndShort() throws IOException {
    Map<String, Integer> lines = new TreeMap<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(f -> !f.endsWith("package-info.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        lines.put(name, Files.readAllLines(file).size());
      }
    }
    assertEquals(examples().keySet(), lines.keySet());
    lines.forEach((name, count) -> assertTrue(count <= LONGEST, name + ": " + count + " lines"));
  }

  private void trainTextClassifier() {
    TextClassifier classifier = TrainTextClassifier.run(few(WordNetDefinitions.read()), 1, out);
    assertEquals(14, classifier.labels().size());
    assertPrinted("accuracy");
  }

  private void trainOnYourCsv() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("films.csv"),
            "stars,review\n" + "5,a fine film\n1,a dull film\n".repeat(100));
    TextClassifier classifier = TrainOnYourCsv.run(csv, "review", "stars", out);
    assertEquals("5", classifier.predict("a fine film").label());
    Path missing = folder.resolve("none.csv");
    assertThrows(DataException.class, () -> TrainOnYourCsv.run(missing, "review", "stars", out));
  }

  private void fineTuneTextClassifier() {
    TextClassifier tuned =
        FineTuneTextClassifier.run(
            TextClassifier.pretrained("wordnet-rrnn"), WordNetDefinitions.readVerbs(), 1, out);
    assertEquals(15, tuned.labels().size());
    assertPrinted("dropped");
  }

  private void classifyControlCharts() {
    SequenceClassifier classifier = ClassifyControlCharts.run(ControlCharts.of(60, 42), 1, out);
    assertEquals(6, classifier.labels().size());
    assertPrinted("1-nearest neighbor");
  }

  private void detectAnomalies() {
    AnomalyDetector detector = DetectAnomalies.run(SensorNetwork.read(1).rows(0, 2700), 1, out);
    assertEquals(List.of("temperature", "humidity"), detector.options().columns());
    assertPrinted("with 1 event of 117 steps");
  }

  private void forecastSeries() {
    TimeSeries series = SampleSeries.of(SampleSeries.Name.SEATTLE).read();
    assertEquals(7, ForecastSeries.run(series, 1, out).forecast(series).times().size());
    assertPrinted("temp_max");
  }

  private void generateText() {
    List<String> definitions = WordNetDefinitions.readAll().subList(0, 500);
    assertTrue(GenerateText.run(definitions, 1, out).vocabulary().size() > 30);
    assertPrinted("bits per character");
  }

  private void normalizeDates() {
    NormalizeDates.run(WrittenDates.of(2020, 2021, 1, 1), 1, out);
    assertPrinted("exact match");
  }

  private void tagPartsOfSpeech() {
    BrownCorpus.Split all = BrownCorpus.split(BrownCorpus.read(), 0.1, 42);
    BrownCorpus.Split few =
        new BrownCorpus.Split(all.training().subList(0, 300), all.test().subList(0, 30));
    assertTrue(TagPartsOfSpeech.run(few, 1, out).labels().contains("NOUN"));
    assertPrinted("baseline");
  }

  private void predictWithAPreset() {
    assertEquals("person", PredictWithAPreset.run(out).get(0).label());
    assertPrinted("2022-03-12");
  }

  private void trainWithCheckpoints() throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    TrainWithCheckpoints.run(few(WordNetDefinitions.read()), checkpoints, 1, out);
    assertPrinted("accuracy");
    try (Stream<Path> left = Files.list(checkpoints)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private void compareRecurrences() {
    Map<Recurrence, Double> accuracies =
        CompareRecurrences.run(few(WordNetDefinitions.read()), 1, out);
    assertEquals(Set.of(Recurrence.values()), accuracies.keySet());
  }

  private void rrnnInYourNetwork() {
    MultiLayerNetwork network = RrnnInYourNetwork.run(100, out);
    assertPrinted("kernel attached");
    double ones = network.output(Nd4j.ones(1, 1, 20)).getDouble(0);
    double minusOnes = network.output(Nd4j.ones(1, 1, 20).neg()).getDouble(0);
    assertTrue(ones > 0.5 && minusOnes < 0.5, ones + " and " + minusOnes);
  }

  private void serveFromManyThreads() throws Exception {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    assertEquals("artifact", ServeFromManyThreads.run(classifier, 50, out).get(49).label());
    assertPrinted("50 answers");
  }
}
