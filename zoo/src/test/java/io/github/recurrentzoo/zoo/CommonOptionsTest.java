package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.StateStart;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.network.RecurrentZooModel;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.PretrainedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The options that all entries have do what they say, in each entry and with each recurrence. */
class CommonOptionsTest {
  /** Deeplearning4j's SameDiff has no operation for these, or none with a gradient. */
  private static final Set<Activation> REFUSED_BY_OURS =
      EnumSet.of(Activation.RRELU, Activation.THRESHOLDEDRELU, Activation.MISH);

  private static final Set<Recurrence> OURS =
      EnumSet.of(Recurrence.GRU, Recurrence.RRNN, Recurrence.RRNN_UPDATED);

  static Stream<Arguments> cases() {
    return EntryCase.all().flatMap(entry -> entry.recurrences().map(r -> Arguments.of(entry, r)));
  }

  private static List<Boolean> directions(EntryCase entry, Recurrence recurrence) {
    List<Boolean> directions = new ArrayList<>(List.of(false));
    NetworkOptions<?> both = entry.builder(recurrence);
    both.bidirectional(true);
    try {
      both.build();
      directions.add(true);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("bidirectional"), e.getMessage());
    }
    return directions;
  }

  private static ComputationGraph oneStep(EntryCase entry, NetworkOptions<?> options) {
    ComputationGraph network = options.build().init();
    Nd4j.getRandom().setSeed(11);
    entry.fit(network);
    return network;
  }

  /** What one step with learning rate 1 does with and without the option differs in each weight. */
  private static void assertReaches(
      EntryCase entry,
      Recurrence recurrence,
      String name,
      boolean biasesToo,
      Consumer<NetworkOptions<?>> change) {
    for (boolean bidirectional : directions(entry, recurrence)) {
      NetworkOptions<?> options = entry.builder(recurrence);
      options.bidirectional(bidirectional).updater(new Sgd(1));
      ComputationGraph plain = oneStep(entry, options);
      change.accept(options);
      ComputationGraph changed = oneStep(entry, options);
      plain
          .paramTable()
          .forEach(
              (key, value) -> {
                boolean bias = key.matches(".*_[fb]?(b|bo|rb)");
                boolean same = value.equals(changed.paramTable().get(key));
                assertEquals(bias && !biasesToo, same, name + " and " + key);
              });
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void penaltiesReachAllWeightsAndNoBias(EntryCase entry, Recurrence recurrence) {
    assertReaches(entry, recurrence, "l1", false, options -> options.l1(0.1));
    assertReaches(entry, recurrence, "l2", false, options -> options.l2(0.1));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void otherOptionsReachEachLayer(EntryCase entry, Recurrence recurrence) {
    assertReaches(entry, recurrence, "dropout", true, options -> options.dropout(0.5));
    assertReaches(
        entry, recurrence, "activation", true, options -> options.activation(Activation.SOFTSIGN));
    assertReaches(entry, recurrence, "updater", true, options -> options.updater(new Sgd(0.1)));
    assertReaches(entry, recurrence, "norm", true, options -> options.clipNorm(1e-6));
    assertReaches(entry, recurrence, "value", true, options -> options.clipValue(1e-7));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void penaltiesAreInTheScore(EntryCase entry, Recurrence recurrence) {
    double plain = score(entry, entry.builder(recurrence));
    NetworkOptions<?> options = entry.builder(recurrence);
    ComputationGraph network = options.build().init();
    double sum = 0;
    double squares = 0;
    for (var weights : network.paramTable().entrySet()) {
      // Deeplearning4j's score leaves out the penalties of vertices that are no layers.
      if (!weights.getKey().matches("attention_.*|.*_[fb]?(b|bo|rb)")) {
        sum += weights.getValue().norm1Number().doubleValue();
        squares += Math.pow(weights.getValue().norm2Number().doubleValue(), 2);
      }
    }
    options.l1(0.01);
    assertEquals(0.01 * sum, score(entry, options) - plain, 1e-3 * sum * 0.01 + 1e-5);
    options.l1(0).l2(0.01);
    assertEquals(0.005 * squares, score(entry, options) - plain, 1e-3 * squares * 0.005 + 1e-5);
  }

  private static double score(EntryCase entry, NetworkOptions<?> options) {
    ComputationGraph network = options.build().init();
    return network.score(entry.rows().get(), false);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void clippingBoundsTheStep(EntryCase entry, Recurrence recurrence) {
    for (boolean bidirectional : directions(entry, recurrence)) {
      NetworkOptions<?> options = entry.builder(recurrence);
      options.bidirectional(bidirectional).updater(new Sgd(1));
      assertTrue(largestStep(entry, options, false) > 0.01, "unclipped steps are large");
      options.clipValue(1e-3);
      double value = largestStep(entry, options, false);
      assertEquals(1e-3, value, 1e-6, "an element moves by the largest value at most");
      options.clipValue(0).clipNorm(1e-3);
      double norm = largestStep(entry, options, true);
      assertEquals(1e-3, norm, 1e-6, "a layer moves by the largest norm at most");
    }
  }

  /** The largest change of an element, or of a layer's norm, in one step with learning rate 1. */
  private static double largestStep(EntryCase entry, NetworkOptions<?> options, boolean byLayer) {
    ComputationGraph network = options.build().init();
    INDArray[] before = new INDArray[network.getNumLayers()];
    for (int i = 0; i < before.length; i++) {
      before[i] = network.getLayer(i).params().dup();
    }
    entry.fit(network);
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      INDArray step = network.getLayer(i).params().sub(before[i]);
      double size = byLayer ? step.norm2Number().doubleValue() : step.normmaxNumber().doubleValue();
      largest = Math.max(largest, size);
    }
    return largest;
  }

  static Stream<NetworkOptions<?>> entriesWithADefaultNorm() {
    return Stream.of(TextGeneration.builder(), SequenceToSequence.builder());
  }

  /** An entry may clip by norm unless told otherwise; to choose a value is to be told otherwise. */
  @ParameterizedTest
  @MethodSource("entriesWithADefaultNorm")
  void aValueTakesThePlaceOfADefaultNorm(NetworkOptions<?> options) {
    Object norm = norm(options);
    assertNotEquals(0.0, norm);
    assertEquals(0.0, norm(options.clipValue(0.5)));
    assertEquals(norm, norm(options.clipValue(0)));
    options.clipNorm(1).clipValue(0.5);
    assertThrows(IllegalArgumentException.class, options::build);
  }

  private static Object norm(NetworkOptions<?> options) {
    return options.build().describe().get("clipNorm");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void everyLayerAboveTheEmbeddingDropsOut(EntryCase entry, Recurrence recurrence) {
    for (boolean bidirectional : directions(entry, recurrence)) {
      NetworkOptions<?> options = entry.builder(recurrence);
      options.bidirectional(bidirectional).dropout(0.3);
      ComputationGraph network = options.build().init();
      for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
        Layer conf = layer.conf().getLayer();
        Layer inner = conf instanceof Bidirectional both ? both.getFwd() : conf;
        // The context of an encoder is neither recurrent nor an output.
        boolean embedding = inner instanceof EmbeddingSequenceLayer || inner instanceof DenseLayer;
        assertEquals(
            embedding ? null : new Dropout(0.7), inner.getIDropout(), inner.getLayerName());
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void eachActivationTrains(EntryCase entry, Recurrence recurrence) {
    // Softmax over a state is no activation of a recurrent layer; THRESHOLDEDRELU is flat below 1.
    Set<Activation> odd = EnumSet.of(Activation.SOFTMAX, Activation.THRESHOLDEDRELU);
    if (OURS.contains(recurrence)) {
      odd.addAll(REFUSED_BY_OURS);
    }
    INDArray tanh = firstStep(entry, recurrence, Activation.TANH);
    for (Activation activation : EnumSet.complementOf(EnumSet.copyOf(odd))) {
      INDArray step = firstStep(entry, recurrence, activation);
      double size = step.norm2Number().doubleValue();
      assertTrue(size > 0 && Double.isFinite(size), activation + " moved by " + size);
      assertEquals(activation == Activation.TANH, tanh.equals(step), activation.name());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.recurrentzoo.zoo.EntryCase#all")
  void layersOfOursNameTheActivationsThatTheyCannotHave(EntryCase entry) {
    OURS.forEach(recurrence -> assertRefusals(entry, recurrence));
  }

  private static void assertRefusals(EntryCase entry, Recurrence recurrence) {
    for (Activation activation : REFUSED_BY_OURS) {
      NetworkOptions<?> options = entry.builder(recurrence);
      options.activation(activation);
      String message =
          assertThrows(IllegalArgumentException.class, () -> options.build().configuration())
              .getMessage();
      assertTrue(message.contains(activation + " has no differentiable"), message);
    }
  }

  private static INDArray firstStep(EntryCase entry, Recurrence recurrence, Activation activation) {
    NetworkOptions<?> options = entry.builder(recurrence);
    options.activation(activation).updater(new Sgd(0.1)).layers(1);
    ComputationGraph network = options.build().init();
    INDArray before = network.params().dup();
    entry.fit(network);
    return network.params().sub(before);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void layersAndUnitsMakeTheNetworkLargerOrSmaller(EntryCase entry, Recurrence recurrence) {
    NetworkOptions<?> options = entry.builder(recurrence);
    long two = parameters(options);
    options.layers(1);
    long one = parameters(options);
    options.hiddenSize(3);
    long small = parameters(options);
    assertTrue(two > one && one > small, two + ", " + one + ", " + small);
  }

  /** The number that is told before the network is made is that of the network. */
  private static long parameters(NetworkOptions<?> options) {
    RecurrentZooModel model = options.build();
    long made = model.init().params().length(); // numParams leaves out those of vertices
    assertEquals(made, model.parameters());
    return made;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.recurrentzoo.zoo.EntryCase#all")
  void theTwoFormsOfRrnnLearnDifferently(EntryCase entry) {
    NetworkOptions<?> main = entry.builder(Recurrence.RRNN);
    NetworkOptions<?> updated = entry.builder(Recurrence.RRNN_UPDATED);
    main.updater(new Sgd(1));
    updated.updater(new Sgd(1));
    assertNotEquals(oneStep(entry, main).params(), oneStep(entry, updated).params());
  }

  private static boolean isRrnn(Recurrence recurrence) {
    return recurrence == Recurrence.RRNN || recurrence == Recurrence.RRNN_UPDATED;
  }

  /** How the state begins is a choice of SimpleRnn and RRNN, the output's activation of RRNN. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void theStartOfTheStateIsAChoiceOfSome(EntryCase entry, Recurrence recurrence) {
    NetworkOptions<?> options = entry.builder(recurrence);
    INDArray plain = options.build().init().params();
    options.stateStart(StateStart.SCALED_IDENTITY).stateScale(0.5);
    if (recurrence == Recurrence.SIMPLE_RNN || isRrnn(recurrence)) {
      assertNotEquals(plain, options.build().init().params());
      assertEquals("SCALED_IDENTITY", options.build().describe().get("stateStart"));
      assertEquals(0.5, options.build().describe().get("stateScale"));
      options.stateScale(0);
      assertThrows(IllegalArgumentException.class, options::build);
    } else {
      String message = assertThrows(IllegalArgumentException.class, options::build).getMessage();
      assertTrue(message.contains("stateStart SCALED_IDENTITY is a choice of"), message);
    }
    NetworkOptions<?> output = entry.builder(recurrence);
    output.outputActivation(Activation.SIGMOID);
    if (isRrnn(recurrence)) {
      assertEquals("SIGMOID", output.build().describe().get("outputActivation"));
    } else {
      String message = assertThrows(IllegalArgumentException.class, output::build).getMessage();
      assertTrue(message.contains("outputActivation SIGMOID is a choice of RRNN"), message);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.recurrentzoo.zoo.EntryCase#all")
  void rrnnHasDefaultsOfItsOwn(EntryCase entry) {
    Map<String, Object> network = entry.builder(Recurrence.RRNN).build().describe();
    assertEquals("RELU6", network.get("activation"));
    assertEquals("IDENTITY", network.get("outputActivation"));
    assertEquals("TIME_SCALES", network.get("stateStart"));
    assertEquals(400.0, network.get("stateScale"));
    Map<String, Object> updated = entry.builder(Recurrence.RRNN_UPDATED).build().describe();
    assertEquals("TANH", updated.get("activation"));
    assertEquals("ORTHOGONAL", updated.get("stateStart"));
    Map<String, Object> simple = entry.builder(Recurrence.SIMPLE_RNN).build().describe();
    assertEquals("TANH", simple.get("activation"));
    assertFalse(simple.containsKey("stateStart") || simple.containsKey("outputActivation"));
  }

  /** Deeplearning4j's gradients are wrong there, and no kernel takes its place. */
  @Test
  void peepholesAreRefusedWhereGradientsWouldBeWrong() {
    TextGeneration.Builder options = TextGeneration.builder().recurrence(Recurrence.PEEPHOLE_LSTM);
    String message = assertThrows(IllegalArgumentException.class, options::build).getMessage();
    assertTrue(message.contains("truncated BPTT") && message.contains("Use LSTM"), message);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void weightsDependOnTheSeedAlone(EntryCase entry, Recurrence recurrence) {
    NetworkOptions<?> options = entry.builder(recurrence);
    options.seed(5);
    INDArray first = options.build().init().params().dup();
    Nd4j.getRandom().setSeed(999);
    Nd4j.rand(10);
    assertEquals(first, options.build().init().params());
    options.seed(6);
    assertNotEquals(first, options.build().init().params());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void aBuiltEntryDoesNotChangeWithItsBuilder(EntryCase entry, Recurrence recurrence) {
    NetworkOptions<?> options = entry.builder(recurrence);
    RecurrentZooModel model = options.build();
    long before = model.parameters();
    options.hiddenSize(20).layers(3);
    assertEquals(before, model.parameters());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.recurrentzoo.zoo.EntryCase#all")
  void pretrainedMethodsTellTheTruth(EntryCase entry) {
    RecurrentZooModel model = entry.builder(Recurrence.LSTM).build();
    for (PretrainedType type : PretrainedType.values()) {
      assertFalse(model.pretrainedAvailable(type));
      assertThrows(UnsupportedOperationException.class, () -> model.initPretrained(type));
    }
    assertThrows(UnsupportedOperationException.class, model::initPretrained);
    assertThrows(UnsupportedOperationException.class, () -> model.setInputShape(new int[0][]));
  }
}
