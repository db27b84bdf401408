package io.github.recurrentzoo.zoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** ONNX Runtime answers as Deeplearning4j does, whatever the network, the batch and the lengths. */
class OnnxNetworkTest {
  /** Of large drawn weights over a hundred steps; presets differ by less than 1e-5. */
  private static final double ROUNDING = 1e-4;

  private static final int IDS = 9;

  /** Rows of unlike lengths, padded on the right. */
  private record Rows(INDArray ids, INDArray mask, INDArray lengths) {
    static Rows drawn(int rows, int longest, Random random) {
      INDArray ids = Nd4j.zeros(DataType.INT64, rows, longest);
      INDArray mask = Nd4j.zeros(DataType.FLOAT, rows, longest);
      INDArray lengths = Nd4j.zeros(DataType.INT64, rows);
      for (int n = 0; n < rows; n++) {
        int length = n == 0 ? longest : 1 + random.nextInt(longest);
        lengths.putScalar(n, length);
        for (int t = 0; t < length; t++) {
          ids.putScalar(n, t, 1 + random.nextInt(IDS - 1));
          mask.putScalar(n, t, 1);
        }
      }
      return new Rows(ids, mask, lengths);
    }
  }

  private static OnnxGraphs graph(ComputationGraph network, OnnxPart part) throws OrtException {
    return new OnnxGraphs(OnnxNetwork.write(network, part, null).model().toByteArray());
  }

  /** Weights far from zero, so that gates and bounds matter; also biases. */
  private static ComputationGraph shaken(ComputationGraph network, Random random) {
    INDArray weights = network.params();
    for (long i = 0; i < weights.length(); i++) {
      weights.putScalar(i, weights.getDouble(i) + 0.3 * random.nextGaussian());
    }
    return network;
  }

  static Stream<List<Object>> classifiers() {
    List<List<Object>> all = new ArrayList<>();
    for (Recurrence recurrence : Recurrence.values()) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        for (Pooling pooling : Pooling.values()) {
          all.add(List.of(recurrence, bidirectional, pooling));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void classifies(List<Object> kind) throws OrtException {
    Random random = new Random(kind.hashCode());
    boolean concat = kind.get(2) == Pooling.CONCAT;
    TextClassification entry =
        TextClassification.builder()
            .recurrence((Recurrence) kind.get(0))
            .bidirectional((Boolean) kind.get(1))
            .pooling((Pooling) kind.get(2))
            .evidence(concat ? Evidence.REGRESSION : Evidence.NONE)
            .layers(2)
            .hiddenSize(5)
            .dropout(0.5)
            .vocabularySize(IDS)
            .embeddingSize(4)
            .classes(concat ? 3 : 2)
            .build();
    ComputationGraph network = shaken(entry.init(), random);
    try (OnnxGraphs graph = graph(network, OnnxPart.whole(1))) {
      for (int longest : new int[] {1, 2, 7, 100}) {
        for (int count : new int[] {1, 33}) {
          Rows rows = Rows.drawn(count, longest, random);
          Map<String, INDArray> inputs =
              new HashMap<>(Map.of("tokens", rows.ids(), "tokens_lengths", rows.lengths()));
          INDArray evidence = Nd4j.randn(DataType.FLOAT, count, 3);
          if (concat) {
            inputs.put("evidence", evidence);
          }
          INDArray expected =
              network
                  .output(
                      false,
                      concat
                          ? new INDArray[] {rows.ids().castTo(DataType.FLOAT), evidence}
                          : new INDArray[] {rows.ids().castTo(DataType.FLOAT)},
                      concat ? new INDArray[] {rows.mask(), null} : new INDArray[] {rows.mask()},
                      null)[0];
          INDArray answer = graph.ask(inputs).get("class");
          if (!concat) {
            assertClose(Nd4j.ones(DataType.FLOAT, count, 1), answer.sum(true, 1));
            answer = answer.getColumn(1, true);
          }
          assertClose(expected, answer);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void forecasts(Recurrence recurrence) throws OrtException {
    Random random = new Random(7);
    ComputationGraph network =
        shaken(
            SequenceForecasting.builder()
                .recurrence(recurrence)
                .hiddenSize(6)
                .inputSize(3)
                .horizon(4)
                .build()
                .init(),
            random);
    INDArray series = Nd4j.randn(DataType.FLOAT, 8, 3, 20);
    try (OnnxGraphs graph = graph(network, OnnxPart.whole(1))) {
      INDArray answer = graph.ask(Map.of("series", series.permute(0, 2, 1))).get("forecast");
      assertClose(network.outputSingle(series), answer);
    }
  }

  /** What is known ahead is a second input, and the answer has the steps of the horizon. */
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void forecastsWithWhatIsKnownAhead(Recurrence recurrence) throws OrtException {
    Random random = new Random(7);
    ComputationGraph network =
        shaken(
            SequenceForecasting.builder()
                .recurrence(recurrence)
                .hiddenSize(6)
                .inputSize(3)
                .futureSize(2)
                .horizon(4)
                .targets(2)
                .build()
                .init(),
            random);
    INDArray series = Nd4j.randn(DataType.FLOAT, 8, 3, 20);
    INDArray ahead = Nd4j.randn(DataType.FLOAT, 8, 2, 4);
    try (OnnxGraphs graph = graph(network, OnnxPart.whole(1))) {
      INDArray answer =
          graph
              .ask(Map.of("series", series.permute(0, 2, 1), "ahead", ahead.permute(0, 2, 1)))
              .get("forecast");
      assertClose(network.output(series, ahead)[0].permute(0, 2, 1), answer);
    }
  }

  /** Forecasters of many series; id 0 is a series that training has not seen. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersForSeriesByTheirNames(boolean ahead) throws OrtException {
    ComputationGraph network =
        shaken(
            SequenceForecasting.builder()
                .hiddenSize(6)
                .inputSize(3)
                .futureSize(ahead ? 2 : 0)
                .horizon(4)
                .series(5)
                .seriesEmbeddingSize(3)
                .build()
                .init(),
            new Random(7));
    INDArray series = Nd4j.randn(DataType.FLOAT, 3, 3, 20);
    INDArray known = Nd4j.randn(DataType.FLOAT, 3, 2, 4);
    INDArray names = Nd4j.createFromArray(new long[] {0, 5, 2});
    Map<String, INDArray> asked = new HashMap<>();
    asked.put("series", series.permute(0, 2, 1));
    asked.put("name", names);
    if (ahead) {
      asked.put("ahead", known.permute(0, 2, 1));
    }
    INDArray ids = names.castTo(DataType.FLOAT).reshape(3, 1);
    try (OnnxGraphs graph = graph(network, OnnxPart.whole(1))) {
      INDArray answer = graph.ask(asked).get("forecast");
      INDArray expected =
          ahead
              ? network.outputSingle(series, known, ids).permute(0, 2, 1)
              : network.outputSingle(series, ids);
      assertClose(expected, answer);
    }
  }

  /** Whole texts, and the same in two pieces between which the states are carried. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PEEPHOLE_LSTM")
  void generatesStepByStep(Recurrence recurrence) throws OrtException {
    Random random = new Random(8);
    ComputationGraph network =
        shaken(
            TextGeneration.builder()
                .recurrence(recurrence)
                .layers(2)
                .hiddenSize(5)
                .vocabularySize(IDS)
                .embeddingSize(4)
                .build()
                .init(),
            random);
    int length = 11;
    int cut = 4;
    INDArray ids = Rows.drawn(1, length, random).ids();
    INDArray expected = network.outputSingle(ids.castTo(DataType.FLOAT)).permute(0, 2, 1);
    OnnxNetwork.Written written = OnnxNetwork.write(network, OnnxPart.stepwise(), null);
    try (OnnxGraphs graph = new OnnxGraphs(written.model().toByteArray())) {
      Map<String, INDArray> inputs = new LinkedHashMap<>();
      for (String name : written.inputs().keySet()) {
        if (name.startsWith("recurrent")) {
          inputs.put(name, Nd4j.zeros(DataType.FLOAT, 1, 5));
        }
      }
      assertTrue(inputs.size() >= 2, "states of both layers: " + inputs.keySet());
      inputs.put("characters", ids);
      assertClose(expected, graph.ask(inputs).get("next"));
      inputs.put("characters", columns(ids, 0, cut));
      Map<String, INDArray> first = graph.ask(inputs);
      inputs.replaceAll(
          (name, before) -> name.equals("characters") ? before : first.get(name + "_next"));
      inputs.put("characters", columns(ids, cut, length));
      Map<String, INDArray> second = graph.ask(inputs);
      assertClose(expected, Nd4j.concat(1, first.get("next"), second.get("next")));
    }
  }

  private static INDArray columns(INDArray ids, int from, int to) {
    return ids.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup();
  }

  static Stream<List<Object>> translators() {
    List<List<Object>> all = new ArrayList<>();
    for (Recurrence recurrence : Recurrence.values()) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        for (boolean attention : new boolean[] {false, true}) {
          all.add(List.of(recurrence, bidirectional, attention));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("translators")
  void translates(List<Object> kind) throws OrtException {
    Random random = new Random(kind.hashCode());
    ComputationGraph network =
        shaken(
            SequenceToSequence.builder()
                .recurrence((Recurrence) kind.get(0))
                .bidirectional((Boolean) kind.get(1))
                .attention((Boolean) kind.get(2))
                .hiddenSize(6)
                .layers(2)
                .embeddingSize(4)
                .sourceVocabularySize(IDS)
                .targetVocabularySize(IDS)
                .build()
                .init(),
            random);
    Rows source = Rows.drawn(5, 8, random);
    INDArray target = Nd4j.createFromArray(new long[5][6]);
    for (int i = 0; i < 30; i++) {
      target.putScalar(i / 6, i % 6, 1 + random.nextInt(IDS - 1));
    }
    INDArray expected =
        network
            .output(
                false,
                new INDArray[] {source.ids().castTo(DataType.FLOAT), target.castTo(DataType.FLOAT)},
                new INDArray[] {source.mask(), Nd4j.ones(DataType.FLOAT, 5, 6)},
                null)[0]
            .permute(0, 2, 1);
    OnnxNetwork.Written written = OnnxNetwork.write(network, OnnxPart.decoder("target"), null);
    try (OnnxGraphs encoder = graph(network, OnnxPart.encoder("target"));
        OnnxGraphs decoder = new OnnxGraphs(written.model().toByteArray())) {
      Map<String, INDArray> inputs =
          new LinkedHashMap<>(
              encoder.ask(Map.of("source", source.ids(), "source_lengths", source.lengths())));
      for (String name : written.inputs().keySet()) {
        if (name.startsWith("decoder")) {
          inputs.put(name, Nd4j.zeros(DataType.FLOAT, 5, 6));
        }
      }
      if (written.inputs().containsKey("source_lengths")) {
        inputs.put("source_lengths", source.lengths());
      }
      for (int t = 0; t < 6; t++) {
        inputs.put("target", columns(target, t, t + 1));
        Map<String, INDArray> step = decoder.ask(inputs);
        assertClose(
            expected.get(NDArrayIndex.all(), NDArrayIndex.interval(t, t + 1), NDArrayIndex.all()),
            step.get("symbols"));
        step.forEach((name, state) -> inputs.replace(name.replace("_next", ""), state));
      }
    }
  }

  /** Six inputs of ids, and word vectors at each step. */
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void tags(Recurrence recurrence) throws OrtException {
    Random random = new Random(9);
    SequenceTagging entry =
        SequenceTagging.builder()
            .recurrence(recurrence)
            .hiddenSize(5)
            .vocabularySize(IDS)
            .embeddingSize(4)
            .affixBuckets(IDS)
            .affixSize(2)
            .vectorSize(3)
            .crf(recurrence == Recurrence.GRU) // scores in place of probabilities
            .labels(4)
            .build();
    ComputationGraph network = shaken(entry.init(), random);
    Rows rows = Rows.drawn(5, 8, random);
    INDArray vectors = Nd4j.randn(DataType.FLOAT, 5, 8, 3);
    Map<String, INDArray> inputs = new LinkedHashMap<>(Map.of("words_lengths", rows.lengths()));
    INDArray[] ofNetwork = new INDArray[entry.inputs().size()];
    INDArray[] masks = new INDArray[ofNetwork.length];
    for (int i = 0; i < ofNetwork.length; i++) {
      boolean ids = i < ofNetwork.length - 1;
      inputs.put(entry.inputs().get(i), ids ? rows.ids() : vectors);
      ofNetwork[i] = ids ? rows.ids().castTo(DataType.FLOAT) : vectors.permute(0, 2, 1).dup();
      masks[i] = rows.mask();
    }
    INDArray expected = network.output(false, ofNetwork, masks, null)[0].permute(0, 2, 1);
    try (OnnxGraphs graph = graph(network, OnnxPart.whole(1))) {
      INDArray answer = graph.ask(inputs).get("labels");
      INDArray here = rows.mask().reshape(5, 8, 1); // what is behind the end does not count
      assertClose(expected.mul(here), answer.mul(here));
    }
  }

  /** Numbers at each step, rows of unlike lengths, with and without a convolution. */
  @ParameterizedTest
  @MethodSource("classifiers")
  void classifiesSequences(List<Object> kind) throws OrtException {
    Random random = new Random(kind.hashCode());
    int filters = (Boolean) kind.get(1) ? 4 : 0;
    ComputationGraph network =
        shaken(
            SequenceClassification.builder()
                .recurrence((Recurrence) kind.get(0))
                .bidirectional((Boolean) kind.get(1))
                .pooling((Pooling) kind.get(2))
                .filters(filters)
                .filterWidth(1)
                .hiddenSize(5)
                .channels(3)
                .classes(4)
                .build()
                .init(),
            random);
    Rows rows = Rows.drawn(6, 9, random);
    INDArray numbers = Nd4j.randn(DataType.FLOAT, 6, 9, 3);
    INDArray expected =
        network
            .output(
                false,
                new INDArray[] {numbers.permute(0, 2, 1).dup()},
                new INDArray[] {rows.mask()},
                null)[0];
    try (OnnxGraphs graph = graph(network, OnnxPart.ofNumbers())) {
      assertClose(
          expected,
          graph.ask(Map.of("steps", numbers, "steps_lengths", rows.lengths())).get("class"));
    }
  }

  private static void assertClose(INDArray expected, INDArray answer) {
    assertEquals(
        Nd4j.createFromArray(expected.shape()), Nd4j.createFromArray(answer.shape()), "shapes");
    double difference = expected.castTo(DataType.FLOAT).sub(answer).amaxNumber().doubleValue();
    assertTrue(difference < ROUNDING, "differs by " + difference);
  }
}
