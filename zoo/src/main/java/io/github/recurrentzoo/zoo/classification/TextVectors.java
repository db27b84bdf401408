package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordMean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The words of a network whose embedding holds vectors that are not trained.
 *
 * <p>A step of the optimizer passes over all weights, trained or not. So the network is trained
 * with the words of its rows alone, and gets the others when it is done.
 *
 * @param inTraining the words of the training rows, and those of the validation rows that have a
 *     vector
 * @param all these, with the same ids, and the other words that have a vector
 * @param vectors by the word
 */
record TextVectors(Vocabulary inTraining, Vocabulary all, Map<String, float[]> vectors) {
  /** How many words that no row has are kept at most. */
  static final int MOST_OTHERS = 50_000;

  private static final String EMBEDDING = "embedding";
  private static final String NOT = "n't";

  /**
   * Reads the vectors.
   *
   * @param known the words of the training rows
   * @param validation the words of the validation rows
   */
  static TextVectors of(
      EmbeddingSource source, Vocabulary known, Iterable<List<String>> validation) {
    Set<String> rows = new LinkedHashSet<>(known.words());
    validation.forEach(rows::addAll);
    Set<String> wanted = new HashSet<>(rows);
    rows.forEach(word -> wanted.addAll(partsOf(word)));
    Map<String, float[]> vectors = new HashMap<>();
    List<String> others = new ArrayList<>();
    source
        .vectors(wanted, MOST_OTHERS)
        .forEach(
            (word, vector) -> {
              vectors.put(word, vector);
              if (!rows.contains(word)) {
                others.add(word);
              }
            });
    for (String word : rows) {
      List<float[]> parts =
          partsOf(word).stream().map(vectors::get).filter(v -> v != null).toList();
      if (!vectors.containsKey(word) && !parts.isEmpty()) {
        vectors.put(word, mean(parts));
      }
    }
    List<String> inTraining = new ArrayList<>(known.words());
    Set<String> already = new HashSet<>(inTraining);
    rows.stream()
        .filter(word -> !already.contains(word) && vectors.containsKey(word))
        .forEach(inTraining::add);
    List<String> all = new ArrayList<>(inTraining);
    all.addAll(others);
    return new TextVectors(Vocabulary.ofWords(inTraining), Vocabulary.ofWords(all), vectors);
  }

  /** Of "don't" do and not, of "it's" it: many vectors are made of texts that are cut so. */
  private static List<String> partsOf(String word) {
    if (word.endsWith(NOT) && word.length() > NOT.length()) {
      return List.of(word.substring(0, word.length() - NOT.length()), "not");
    }
    int apostrophe = word.indexOf('\'');
    return apostrophe > 0 ? List.of(word.substring(0, apostrophe)) : List.of();
  }

  private static float[] mean(List<float[]> vectors) {
    float[] mean = new float[vectors.get(0).length];
    for (float[] vector : vectors) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += vector[d] / vectors.size();
      }
    }
    return mean;
  }

  /** Lets penalties leave the embedding alone, as its updater does. */
  static void leave(ComputationGraphConfiguration configuration) {
    embedding(configuration).setRegularization(List.of());
  }

  private static EmbeddingSequenceLayer embedding(ComputationGraphConfiguration configuration) {
    return (EmbeddingSequenceLayer)
        ((LayerVertex) configuration.getVertices().get(EMBEDDING)).getLayerConf().getLayer();
  }

  /** Means of the vectors that a network's embedding holds. */
  static WordMean means(ComputationGraph network, Vocabulary vocabulary) {
    return WordMean.of(
        vocabulary,
        network.getLayer(EMBEDDING).getParam("W").castTo(DataType.FLOAT).toFloatMatrix());
  }

  /** Writes the vectors into a network that has the words of the training. */
  void fill(ComputationGraph network) {
    fill(network, inTraining);
  }

  private void fill(ComputationGraph network, Vocabulary vocabulary) {
    INDArray rows = network.getLayer(EMBEDDING).getParam("W");
    float[][] values = new float[vocabulary.size()][(int) rows.size(1)];
    for (int id = 0; id < values.length; id++) {
      values[id] = vectors.getOrDefault(vocabulary.word(id), values[id]);
    }
    rows.assign(Nd4j.create(values));
  }

  /** The same network with all words; the updater's state and the counters are kept. */
  ComputationGraph withAll(ComputationGraph trained) {
    ComputationGraphConfiguration configuration = trained.getConfiguration().clone();
    embedding(configuration).setNIn(all.size());
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    INDArray from = trained.params();
    INDArray to = network.params();
    long before = trained.getLayer(EMBEDDING).numParams();
    long now = network.getLayer(EMBEDDING).numParams();
    if (from.length() > before) {
      to.get(NDArrayIndex.all(), NDArrayIndex.interval(now, to.length()))
          .assign(from.get(NDArrayIndex.all(), NDArrayIndex.interval(before, from.length())));
    }
    fill(network, all);
    INDArray state = trained.getUpdater().getUpdaterStateViewArray();
    if (state != null) {
      network.getUpdater().getUpdaterStateViewArray().assign(state);
    }
    network.getConfiguration().setIterationCount(trained.getIterationCount());
    network.getConfiguration().setEpochCount(trained.getEpochCount());
    FusedKernels.attach(network);
    return network;
  }
}
