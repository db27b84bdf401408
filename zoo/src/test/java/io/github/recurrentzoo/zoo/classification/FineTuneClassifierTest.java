package io.github.recurrentzoo.zoo.classification;

import static io.github.recurrentzoo.zoo.Learning.assertAtLeast;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

class FineTuneClassifierTest {
  private static final String[] FILLERS = "the a of with and some very old new".split(" ", -1);
  private static final Map<Recurrence, TextClassifier> MODELS = new EnumMap<>(Recurrence.class);

  /** Texts whose class is decided by one word among fillers. */
  private static List<LabeledText> rows(int size, String word, String... labels) {
    Random random = new Random(4);
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String label = labels[i % labels.length];
      List<String> words = new ArrayList<>();
      int length = 1 + random.nextInt(5);
      for (int w = 0; w < length; w++) {
        words.add(FILLERS[random.nextInt(FILLERS.length)]);
      }
      words.add(random.nextInt(length + 1), word + label);
      rows.add(new LabeledText(String.join(" ", words), label));
    }
    return rows;
  }

  /** Two layers, both directions, dropout, L2 and clipping: all that may move what is frozen. */
  private static TextClassifier model(Recurrence recurrence) {
    return MODELS.computeIfAbsent(
        recurrence,
        key ->
            TextClassifier.train(
                rows(150, "is", "x", "y", "z"),
                TextClassification.builder()
                    .recurrence(recurrence)
                    .embeddingSize(8)
                    .hiddenSize(8)
                    .layers(2)
                    .bidirectional(true)
                    .dropout(0.1)
                    .l2(1e-3)
                    .clipNorm(1)
                    .seed(Learning.seed())
                    .updater(new Adam(0.01))
                    .build(),
                training(25)));
  }

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .batchSize(16)
        .patience(epochs)
        .seed(Learning.seed())
        .build();
  }

  private static FineTuneOptions.Builder options(int epochs) {
    return FineTuneOptions.builder().learningRate(0.02).training(training(epochs));
  }

  private static TextClassifier tune(
      TextClassifier model, List<LabeledText> rows, FineTuneOptions.Builder options) {
    return model.fineTune(rows, options.build());
  }

  @TempDir Path folder;

  @Test
  void trainingOnKeepsWordsLabelsAndTheOptimiser() {
    TextClassifier model = model(Recurrence.LSTM);
    Prediction before = model.predict("the isx");
    List<LabeledText> more = rows(60, "isnow", "x", "z");
    TextClassifier on = model.trainOn(more, training(2));
    assertEquals(before, model.predict("the isx"), "the first one is left as it was");
    assertEquals(model.labels(), on.labels());
    assertEquals(model.vocabulary().words(), on.vocabulary().words());
    assertEquals(model.info().architecture(), on.info().architecture());
    assertEquals(model.provenance(), on.provenance().origin().model());
    assertNull(on.provenance().origin().options());
    int steps = model.network().getIterationCount();
    assertTrue(on.network().getIterationCount() > steps, "steps begin anew");
    String unknown =
        assertThrows(
                DataException.class, () -> model.trainOn(rows(60, "is", "x", "w"), training(1)))
            .getMessage();
    assertTrue(unknown.startsWith("Row 2 has the label \"w\""), unknown);
  }

  /** The network in the classifier, by way of its file. */
  private ComputationGraph network(TextClassifier classifier) {
    Path file = folder.resolve("network.zip");
    classifier.save(file);
    return ModelFile.read(file, "text-classification").network();
  }

  private static float[] numbers(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  static Stream<Arguments> recurrenceAndFreeze() {
    return Stream.of(Recurrence.values())
        .flatMap(
            recurrence ->
                Stream.of(Freeze.values()).map(freeze -> Arguments.of(recurrence, freeze)));
  }

  @ParameterizedTest
  @MethodSource("recurrenceAndFreeze")
  void whatIsFrozenStaysToTheBitAndTheRestLearns(Recurrence recurrence, Freeze freeze) {
    TextClassifier model = model(recurrence);
    ComputationGraph before = network(model);
    TextClassifier tuned =
        tune(model, rows(60, "is", "x", "y", "w", "v"), options(2).freeze(freeze));
    ComputationGraph after = network(tuned);
    for (Layer layer : before.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      boolean frozen =
          switch (freeze) {
            case NOTHING -> false;
            case EMBEDDING -> name.equals("embedding");
            case ALL_BUT_HEAD -> !name.equals(TextClassification.OUTPUT);
          };
      layer
          .paramTable()
          .forEach(
              (key, array) -> {
                String where = name + "." + key;
                INDArray now = after.getLayer(name).getParam(key);
                if (frozen) {
                  assertArrayEquals(numbers(array), numbers(now), 0f, where);
                } else {
                  assertNotEquals(array, now, where);
                }
              });
    }
    assertArrayEquals(numbers(before.params()), numbers(network(model).params()), "the model");
    assertTrue(after.getConfiguration().toJson().indexOf("Frozen") < 0, "an ordinary network");
    assertEquals(
        2 * after.numParams(), after.getUpdater().getStateViewArray().length(), "state of Adam");
  }

  /** With a learning rate of next to nothing, what is kept can be seen. */
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void wordsAndLabelsKeepTheirWeights(Recurrence recurrence) {
    TextClassifier model = model(recurrence);
    ComputationGraph before = network(model);
    TextClassifier tuned =
        tune(model, rows(80, "neu", "z", "w", "x", "v"), options(1).learningRate(1e-12));
    ComputationGraph after = network(tuned);
    int known = model.vocabulary().size();
    assertEquals(List.of("v", "w", "x", "z"), tuned.labels());
    assertEquals(known + 4, tuned.vocabulary().size());
    assertEquals(
        model.vocabulary().words(), tuned.vocabulary().words().subList(0, known - 2), "same ids");
    INDArray oldRows = before.getLayer("embedding").getParam("W");
    INDArray newRows = after.getLayer("embedding").getParam("W");
    assertArrayEquals(
        numbers(oldRows), numbers(newRows.get(interval(0, known), all())), 1e-9f, "rows");
    assertTrue(newRows.get(interval(known, known + 4), all()).norm2Number().doubleValue() > 0.01);
    for (String key : List.of("W", "b")) {
      INDArray old = Networks.matrix(before.getLayer(TextClassification.OUTPUT).getParam(key));
      INDArray now = Networks.matrix(after.getLayer(TextClassification.OUTPUT).getParam(key));
      assertArrayEquals(numbers(old.getColumn(0)), numbers(now.getColumn(2)), 1e-9f, "x");
      assertArrayEquals(numbers(old.getColumn(2)), numbers(now.getColumn(3)), 1e-9f, "z");
    }
    FineTuneMapping mapping = tuned.provenance().origin().mapping();
    assertEquals(
        """
        labels: 2 kept (x, z), 2 new (v, w), 1 dropped (y)
        words: 9 known, 4 new, 0 unknown; 3 others of the model stay""",
        mapping.toString());
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void newLabelsAndWordsAreLearned(Recurrence recurrence) {
    List<LabeledText> rows = rows(90, "neu", "v", "w", "x");
    TextClassifier tuned = tune(model(recurrence), rows, options(25).learningRate(0.01));
    assertAtLeast("accuracy of " + recurrence, tuned.evaluate(rows).accuracy(), 0.95, "1");
    // The known words alone are enough for labels that are new, in another order.
    Map<String, String> names = Map.of("x", "c", "y", "a", "z", "b");
    List<LabeledText> renamed =
        rows(90, "is", "x", "y", "z").stream()
            .map(row -> new LabeledText(row.text(), names.get(row.label())))
            .toList();
    TextClassifier head =
        tune(
            model(recurrence), renamed, options(25).freeze(Freeze.ALL_BUT_HEAD).learningRate(0.05));
    double accuracy = head.evaluate(renamed).accuracy();
    assertAtLeast("accuracy of the head alone", accuracy, 0.6, "0.9; by chance 0.33");
  }

  /** Other labels at the same places, as many or not: none of their weights is the model's. */
  @ParameterizedTest
  @ValueSource(strings = {"a b c", "a b", "a b c d"})
  void newLabelsBeginWithWeightsOfTheirOwn(String labels) {
    TextClassifier three = model(Recurrence.LSTM);
    TextClassifier two =
        tune(three, rows(40, "is", "x", "z"), options(1).learningRate(1e-12).headFactor(1));
    for (TextClassifier model : List.of(three, two)) {
      float[] trained = numbers(network(model).getLayer(TextClassification.OUTPUT).getParam("W"));
      TextClassifier tuned =
          tune(
              model,
              rows(60, "is", labels.split(" ")),
              options(1).learningRate(1e-12).headFactor(1));
      float[] drawn = numbers(network(tuned).getLayer(TextClassification.OUTPUT).getParam("W"));
      for (float weight : drawn) {
        for (float old : trained) {
          for (double share : new double[] {1, -1, 0.5, -0.5, 1.5}) {
            assertNotEquals(share * old, weight, 1e-7, labels);
          }
        }
      }
    }
  }

  /** What the model answers for rows of its own is not lost before the first step. */
  @Test
  void itsOwnLabelsBeginWithWhatItKnows() {
    TextClassifier model = model(Recurrence.LSTM);
    List<LabeledText> rows = rows(60, "is", "x", "y", "z");
    TextClassifier tuned = tune(model, rows, options(1).learningRate(1e-12));
    for (LabeledText row : rows) {
      assertEquals(
          model.predict(row.text()).probability(),
          tuned.predict(row.text()).probability(),
          1e-6,
          row.text());
    }
    assertEquals(0, tuned.provenance().origin().mapping().names().get(0).added().size());
  }

  /** Two labels share one unit: their ratio is kept on the way to two and back to three. */
  @Test
  void twoLabelsAndMore() {
    TextClassifier three = model(Recurrence.SIMPLE_RNN);
    TextClassifier two = tune(three, rows(40, "is", "x", "z"), options(1).learningRate(1e-12));
    TextClassifier again = tune(two, rows(40, "is", "x", "z", "v"), options(1).learningRate(1e-12));
    TextClassifier turned = tune(two, rows(40, "is", "a", "x"), options(1).learningRate(1e-12));
    String text = "the isx of some";
    double ratio = ratio(three.predict(text), "x", "z");
    assertEquals(ratio, ratio(two.predict(text), "x", "z"), 1e-4);
    assertEquals(ratio, ratio(again.predict(text), "x", "z"), 1e-4);
    // "x" is unit 0's in the first and unit 1's in the second: its half of the weights changes
    // sign.
    INDArray before = network(two).getLayer(TextClassification.OUTPUT).getParam("W");
    INDArray after = network(turned).getLayer(TextClassification.OUTPUT).getParam("W");
    assertArrayEquals(numbers(before.mul(-0.5)), numbers(after), 1e-6f);
    // And "q" is drawn beside what is left of "x".
    TextClassifier other = tune(two, rows(40, "is", "q", "x"), options(1).learningRate(1e-12));
    assertArrayEquals(
        numbers(before.mul(-0.5)),
        numbers(network(other).getLayer(TextClassification.OUTPUT).getParam("W")),
        1e-6f);
  }

  private static double ratio(Prediction prediction, String one, String other) {
    return Math.log(prediction.probabilities().get(one) / prediction.probabilities().get(other));
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void aTunedModelIsSavedLoadedAndTunedAgain(Recurrence recurrence) {
    List<LabeledText> rows = rows(60, "neu", "v", "w", "x");
    TextClassifier tuned = tune(model(recurrence), rows, options(2));
    Path file = folder.resolve("tuned.zip");
    tuned.save(file);
    TextClassifier loaded = TextClassifier.load(file);
    assertEquals(tuned.predict("the neuv"), loaded.predict("the neuv"));
    assertEquals(tuned.provenance(), loaded.provenance());
    FineTuneOptions.Builder frozen = options(2).freeze(Freeze.EMBEDDING);
    TextClassifier again = tune(tuned, rows, frozen);
    assertEquals(again.predict("neuv"), tune(loaded, rows, frozen).predict("neuv"));
    assertNotEquals(tuned.predict("neuv"), again.predict("neuv"));
    FineTuneOrigin origin = again.provenance().origin();
    assertEquals(Freeze.EMBEDDING, origin.options().freeze());
    assertEquals(tuned.provenance(), origin.model());
    assertEquals(model(recurrence).provenance(), origin.model().origin().model());
    assertNull(model(recurrence).provenance().origin());
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void theLearningRatesAreThoseOfTheOptions(Recurrence recurrence) {
    TextClassifier model = model(recurrence);
    List<LabeledText> rows = rows(60, "is", "x", "y", "z");
    ComputationGraph before = network(model);
    ComputationGraph after =
        network(tune(model, rows, options(1).learningRate(1e-7).headFactor(1e5)));
    IntStream.range(0, before.getNumLayers())
        .forEach(
            i -> {
              String name = before.getLayer(i).conf().getLayer().getLayerName();
              double moved =
                  before
                      .getLayer(i)
                      .params()
                      .sub(after.getLayer(name).params())
                      .normmaxNumber()
                      .doubleValue();
              boolean head = name.equals(TextClassification.OUTPUT);
              assertTrue(head ? moved > 1e-3 : moved > 0 && moved < 1e-5, name + " " + moved);
            });
  }

  @Test
  void newWordsAreBounded() {
    List<LabeledText> rows = rows(80, "neu", "v", "w", "x", "y");
    TextClassifier two = tune(model(Recurrence.LSTM), rows, options(1).newWords(2));
    FineTuneMapping.Symbols words = two.provenance().origin().mapping().symbols().get(0);
    assertEquals(new FineTuneMapping.Symbols("words", 9, 2, 2, 3), words);
    TextClassifier none = tune(model(Recurrence.LSTM), rows, options(1).freeze(Freeze.EMBEDDING));
    assertEquals(model(Recurrence.LSTM).vocabulary().size(), none.vocabulary().size());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    FineTuneOptions.Builder frozen = options(1).freeze(Freeze.ALL_BUT_HEAD);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> frozen.newWords(1).build())
            .getMessage()
            .startsWith("newWords is 1, but with freeze ALL_BUT_HEAD a new word could not learn"));
    for (FineTuneOptions.Builder bad :
        List.of(
            options(1).learningRate(0),
            options(1).learningRate(Double.NaN),
            options(1).headFactor(-1),
            options(1).learningRateDecay(1.1),
            options(1).newWords(-1),
            options(1).freeze(null),
            options(1).training(null))) {
      assertThrows(IllegalArgumentException.class, bad::build);
    }
    TextClassifier model = model(Recurrence.LSTM);
    List<LabeledText> foreign = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      foreign.add(new LabeledText("mot" + i + " inconnu", i % 2 == 0 ? "u" : "v"));
    }
    FineTuneOptions noWords = options(1).newWords(0).build();
    String message =
        assertThrows(DataException.class, () -> model.fineTune(foreign, noWords)).getMessage();
    assertTrue(message.startsWith("The classifier knows none of the "), message);
    FineTuneOptions some = options(1).build();
    List<LabeledText> one = rows(10, "is", "x");
    assertThrows(DataException.class, () -> model.fineTune(one, some));
    assertThrows(DataException.class, () -> model.fineTune(List.of(), some));
    FineTuneOptions teacher =
        options(1).training(TrainingOptions.builder().teacherForcing(0.5).build()).build();
    List<LabeledText> rows = rows(30, "is", "x", "y");
    assertThrows(IllegalArgumentException.class, () -> model.fineTune(rows, teacher));
    assertFalse(model.labels().contains("u"));
  }
}
