package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.TextPieces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Definitions of WordNet in minibatches of as many words each, so that nothing is padded, and our
 * network that learns their class: an LSTM in some layers, in one direction or both, without
 * dropout.
 *
 * @param layers how many
 * @param both whether in both directions
 */
record TextProblem(int layers, boolean both) {

  /** Ids; all words beyond the first that come share one. */
  static final int VOCABULARY = 20_000;

  /** Of a word's vector. */
  static final int EMBEDDING = 64;

  /** H. */
  static final int UNITS = 64;

  /** The classes of the nouns. */
  static final int CLASSES = 14;

  private static final int ROWS = 128;

  /**
   * A minibatch.
   *
   * @param words ids, [B, T]
   * @param classes ids, [B, 1]
   */
  record Rows(Matrix words, Matrix classes) {

    INDArray[] inputs() {
      return new INDArray[] {Nd4j.create(words.values(), shape(words), 'c')};
    }

    private static long[] shape(Matrix matrix) {
      return new long[] {matrix.rows(), matrix.columns()};
    }

    /** [B, C]. */
    INDArray[] oneHot() {
      INDArray labels = Nd4j.zeros(classes.rows(), CLASSES);
      for (int b = 0; b < classes.rows(); b++) {
        labels.putScalar(b, (int) classes.values()[b], 1);
      }
      return new INDArray[] {labels};
    }
  }

  /**
   * Some of the nouns.
   *
   * @param count how many are drawn; those that fill no minibatch of their length are left out
   */
  static List<Rows> nouns(int count) {
    List<LabeledText> nouns = new ArrayList<>(WordNetDefinitions.read());
    Collections.shuffle(nouns, new Random(42));
    Map<String, Integer> words = new HashMap<>();
    Map<String, Integer> classes = new TreeMap<>();
    Map<Integer, List<float[]>> byLength = new TreeMap<>(); // the class last
    for (LabeledText noun : nouns.subList(0, Math.min(count, nouns.size()))) {
      List<String> pieces = TextPieces.cut(noun.text());
      float[] row = new float[pieces.size() + 1];
      for (int t = 0; t < pieces.size(); t++) {
        int id = words.computeIfAbsent(pieces.get(t), piece -> words.size());
        row[t] = Math.min(id, VOCABULARY - 1);
      }
      row[pieces.size()] = classes.computeIfAbsent(noun.label(), label -> classes.size());
      byLength.computeIfAbsent(pieces.size(), length -> new ArrayList<>()).add(row);
    }
    List<Rows> batches = new ArrayList<>();
    byLength.forEach(
        (length, rows) -> {
          for (int from = 0; length > 0 && from + ROWS <= rows.size(); from += ROWS) {
            batches.add(batch(rows.subList(from, from + ROWS), length));
          }
        });
    Collections.shuffle(batches, new Random(42));
    return batches;
  }

  private static Rows batch(List<float[]> rows, int length) {
    Matrix words = Matrix.zeros(rows.size(), length);
    Matrix classes = Matrix.zeros(rows.size(), 1);
    for (int b = 0; b < rows.size(); b++) {
      System.arraycopy(rows.get(b), 0, words.values(), b * length, length);
      classes.values()[b] = rows.get(b)[length];
    }
    return new Rows(words, classes);
  }

  String title() {
    return "%d %s, %s"
        .formatted(
            layers, layers == 1 ? "layer" : "layers", both ? "both directions" : "one direction");
  }

  /** Our network, with kernels. */
  ComputationGraph network() {
    return TextClassification.builder()
        .recurrence(Recurrence.LSTM)
        .layers(layers)
        .bidirectional(both)
        .hiddenSize(UNITS)
        .embeddingSize(EMBEDDING)
        .vocabularySize(VOCABULARY)
        .classes(CLASSES)
        .updater(new Adam(Contender.LEARNING_RATE))
        .build()
        .init();
  }

  /** The recurrent layers of our network, in the order in which PyTorch has theirs. */
  List<String> recurrentLayers() {
    List<String> names = new ArrayList<>();
    for (int layer = 1; layer <= layers; layer++) {
      String name = "recurrent-" + layer;
      names.addAll(both ? List.of(name + "-forward", name + "-backward") : List.of(name));
    }
    return names;
  }
}
