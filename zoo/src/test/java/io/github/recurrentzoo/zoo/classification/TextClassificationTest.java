package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.AttachReport;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.Recurrence;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TextClassificationTest {
  private static final int VOCABULARY = 12;

  private static TextClassification.Builder small(Recurrence recurrence) {
    return TextClassification.builder()
        .recurrence(recurrence)
        .vocabularySize(VOCABULARY)
        .classes(3)
        .embeddingSize(5)
        .hiddenSize(6);
  }

  static Stream<Arguments> networks() {
    return Stream.of(Recurrence.values())
        .flatMap(
            r ->
                Stream.of(1, 2)
                    .flatMap(
                        layers ->
                            Stream.of(false, true).map(both -> Arguments.of(r, both, layers))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aRowIsAnsweredAloneAsInABatchOfLongerRows(
      Recurrence recurrence, boolean bidirectional, int layers) {
    ComputationGraph network =
        small(recurrence).bidirectional(bidirectional).layers(layers).build().init();
    drawAllWeights(network);
    Batch batch = Batch.of(VOCABULARY, 3, 3, 9, 1, 6);
    INDArray together = batch.output(network);
    for (int i = 0; i < 4; i++) {
      Batch alone = batch.row(i);
      INDArray withoutMask = network.outputSingle(alone.tokens());
      for (int c = 0; c < 3; c++) {
        assertEquals(together.getDouble(i, c), withoutMask.getDouble(0, c), 1e-6);
        assertEquals(together.getDouble(i, c), alone.output(network).getDouble(0, c), 1e-6);
      }
    }
  }

  /**
   * With biases of zero, as they are at first, padding would leave no trace in a state of zeros.
   */
  private static void drawAllWeights(ComputationGraph network) {
    INDArray weights = Nd4j.rand(network.params().shape()).subi(0.5);
    network.setParams(weights);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyTokenOfARowCounts(Recurrence recurrence, boolean bidirectional, int layers) {
    ComputationGraph network =
        small(recurrence).bidirectional(bidirectional).layers(layers).build().init();
    int[] row = {2, 3, 4, 5, 6};
    int[] longer = {1, 1, 1, 1, 1, 1, 1, 1};
    INDArray before = Batch.of(3, row, longer).output(network).getRow(0).dup();
    for (int t = 0; t < row.length; t++) {
      int[] changed = row.clone();
      changed[t] = 9;
      INDArray after = Batch.of(3, changed, longer).output(network).getRow(0);
      assertTrue(before.distance1(after) > 1e-6, "token " + t + " of " + row.length + " is unseen");
    }
  }

  /** The backward direction ends at the first token, so it sees that one best. */
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void theBackwardDirectionEndsAtTheFirstToken(Recurrence recurrence) {
    int length = 40;
    int[] row = Nd4j.ones(length).toIntVector();
    int[] changed = row.clone();
    changed[0] = 9;
    int[] longer = Nd4j.ones(length + 5).toIntVector();
    double[] distances = new double[2];
    for (int i = 0; i < 2; i++) {
      ComputationGraph network = small(recurrence).bidirectional(i == 1).build().init();
      for (int w = 0; w < network.getLayers().length; w++) {
        // A contraction: what is 40 steps away is forgotten.
        Map<String, INDArray> parameters = network.getLayer(w).paramTable();
        parameters.forEach((key, value) -> shrinkRecurrent(key, value));
      }
      distances[i] =
          Batch.of(3, row, longer)
              .output(network)
              .getRow(0)
              .distance1(Batch.of(3, changed, longer).output(network).getRow(0));
    }
    assertEquals(0, distances[0], 1e-6, "forward alone must have forgotten the first token");
    assertTrue(distances[1] > 1e-3, "the backward direction must see it, but " + distances[1]);
  }

  private static void shrinkRecurrent(String key, INDArray value) {
    if (key.endsWith("RW")) {
      value.muli(0.1);
    } else if (key.endsWith("b")) {
      value.assign(0);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void runsOnKernels(Recurrence recurrence, boolean bidirectional, int layers) {
    ComputationGraph network =
        small(recurrence).bidirectional(bidirectional).layers(layers).build().init();
    AttachReport report = FusedKernels.attach(network); // once more: what is there already
    if (recurrence == Recurrence.PEEPHOLE_LSTM) {
      assertEquals(
          report.entries().stream().filter(entry -> entry.kind().contains("GravesLSTM")).toList(),
          report.entries().stream().filter(entry -> !entry.hasKernel()).toList());
      assertTrue(report.toString().contains("it has peepholes"), report.toString());
      return;
    }
    assertTrue(report.isComplete(), report.toString());
    for (AttachReport.Entry entry : report.entries()) {
      assertTrue(entry.outcome() != AttachReport.Outcome.ATTACHED, report.toString());
    }
    assertTrue(report.entries().size() >= 2 + layers, report.toString());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void plainDeeplearning4jRestoresIt(
      Recurrence recurrence, boolean bidirectional, int layers, @TempDir Path folder)
      throws Exception {
    ComputationGraph network =
        small(recurrence).bidirectional(bidirectional).layers(layers).dropout(0.2).build().init();
    drawAllWeights(network);
    Batch batch = Batch.of(VOCABULARY, 3, 3, 7, 1, 6);
    batch.fit(network);
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    ComputationGraph restored = ModelSerializer.restoreComputationGraph(file.toFile());
    INDArray plain = batch.output(restored); // computed by Deeplearning4j's own layers
    assertEquals(0.0, batch.output(network).sub(plain).amaxNumber().doubleValue(), 1e-6);
    FusedKernels.attach(restored);
    assertEquals(batch.output(network), batch.output(restored));
    Nd4j.getRandom().setSeed(1);
    batch.fit(network);
    Nd4j.getRandom().setSeed(1);
    batch.fit(restored);
    assertEquals(network.params(), restored.params(), "training must go on as if never saved");
  }

  @Test
  void dropoutIsTheFractionThatIsDropped() {
    // With nearly everything dropped the output layer sees nearly nothing while training.
    ComputationGraph network = small(Recurrence.LSTM).hiddenSize(64).dropout(0.9).build().init();
    Nd4j.getRandom().setSeed(1);
    Batch batch = Batch.of(VOCABULARY, 3, 5, 5, 5, 5);
    INDArray answer = batch.output(network);
    int kept = 0;
    INDArray tokens = batch.tokens();
    for (int i = 0; i < 50; i++) {
      INDArray dropped = network.feedForward(tokens, true).get("class");
      kept += dropped.equalsWithEps(answer, 1e-3) ? 1 : 0;
    }
    assertEquals(0, kept, "training answers must vary");
    org.deeplearning4j.nn.conf.dropout.Dropout dropout =
        (org.deeplearning4j.nn.conf.dropout.Dropout)
            network.getLayer("recurrent-1").conf().getLayer().getIDropout();
    assertEquals(0.1, dropout.getP(), 1e-12, "Deeplearning4j keeps one of ten");
  }

  @Test
  void twoClassesAreOneSigmoidUnit() {
    ComputationGraph network = small(Recurrence.LSTM).classes(2).build().init();
    INDArray answer = Batch.of(VOCABULARY, 2, 3, 5).output(network);
    assertEquals(1, answer.size(1));
    assertTrue(answer.minNumber().doubleValue() > 0 && answer.maxNumber().doubleValue() < 1);
  }

  @Test
  void theDefaultsAreThoseOfTheDesign() {
    ComputationGraph network = TextClassification.builder().classes(14).build().init();
    long lstm = 4L * 64 * (64 + 64 + 1);
    assertEquals(10_000L * 64 + lstm + 64 * 14 + 14, network.numParams());
  }

  @Test
  void impossibleOptionsAreNamed() {
    TextClassification.Builder builder = TextClassification.builder();
    assertNames("classes", () -> builder.classes(1));
    assertNames("vocabularySize", () -> builder.vocabularySize(2));
    assertNames("hiddenSize", () -> builder.hiddenSize(0));
    assertNames("dropout", () -> builder.dropout(1));
    assertNames("dropout", () -> builder.dropout(Double.NaN));
    assertNames("l2", () -> builder.l2(-1));
    assertNames("updater", () -> builder.updater(null));
    assertNames("norm", () -> builder.clipNorm(1).clipValue(1).build());
  }

  private static void assertNames(String name, org.junit.jupiter.api.function.Executable wrongUse) {
    String message = assertThrows(IllegalArgumentException.class, wrongUse).getMessage();
    assertTrue(message.contains(name), message);
  }
}
