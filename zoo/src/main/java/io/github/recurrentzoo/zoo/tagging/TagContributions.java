package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.StepGradients;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradient times input of a {@link SequenceTagging} network: what goes into the softmax at word t
 * for its label, or its score in a CRF, by all that is read of each word. {@link StepGradients}
 * computes it, on a network that reads the vectors of words from one table and ends below the
 * output layer: the slope of a label's score by the states at its word is a column of the output
 * layer's weights.
 */
final class TagContributions {
  private static final String WEIGHTS = "W";

  private final ComputationGraph network;
  private final StepGradients steps;
  private final Map<String, Integer> sizes = new LinkedHashMap<>(); // by feature

  /**
   * Copies the weights.
   *
   * @param network nobody may change its parameters
   * @param encoder of the network
   */
  TagContributions(ComputationGraph network, TagEncoder encoder) {
    this.network = network;
    ComputationGraphConfiguration configuration = network.getConfiguration().clone();
    Map<String, List<String>> below = configuration.getVertexInputs();
    List<String> read = configuration.getNetworkInputs();
    sizes.put(SequenceTagging.WORDS, table(SequenceTagging.EMBEDDING).columns());
    if (encoder.buckets() > 0) {
      for (Affix affix : Affix.values()) {
        sizes.put(affix.input(), table(affix.table()).columns());
        remove(configuration, affix.table());
      }
    }
    if (encoder.vectorSize() > 0) {
      sizes.put(SequenceTagging.VECTORS, encoder.vectorSize());
    }
    if (sizes.size() > 1) {
      remove(configuration, SequenceTagging.WORD);
      below
          .values()
          .forEach(
              inputs ->
                  inputs.replaceAll(
                      name ->
                          name.equals(SequenceTagging.WORD) ? SequenceTagging.EMBEDDING : name));
    }
    read.retainAll(List.of(SequenceTagging.WORDS));
    NeuralNetConfiguration output = layerOf(configuration, SequenceTagging.LABELS);
    output.setLayer(
        new ActivationLayer.Builder() // Deeplearning4j goes back from layers, not from vertices
            .name(SequenceTagging.LABELS)
            .activation(Activation.IDENTITY)
            .build());
    output.clearVariables();
    configuration.setTopologicalOrder(null);
    configuration.setTopologicalOrderStr(null);
    EmbeddingSequenceLayer words =
        (EmbeddingSequenceLayer) layerOf(configuration, SequenceTagging.EMBEDDING).getLayer();
    words.setNOut(sizes.values().stream().mapToInt(Integer::intValue).sum());
    steps =
        new StepGradients(network, configuration, SequenceTagging.EMBEDDING, encoder.maxLength());
  }

  private static NeuralNetConfiguration layerOf(
      ComputationGraphConfiguration configuration, String vertex) {
    return ((LayerVertex) configuration.getVertices().get(vertex)).getLayerConf();
  }

  private static void remove(ComputationGraphConfiguration configuration, String vertex) {
    configuration.getVertices().remove(vertex);
    configuration.getVertexInputs().remove(vertex);
  }

  private INDArray table(String layer) {
    return network.getLayer(layer).getParam(WEIGHTS);
  }

  /**
   * Explains the labels of a sentence. Not for several threads at once.
   *
   * @param words with the labels that they got
   */
  TagExplanation explain(List<TaggedWord> words, TaggerEntries own) {
    int count = words.size();
    List<List<Double>> all = new ArrayList<>();
    List<Map<String, Double>> features = new ArrayList<>();
    List<Boolean> known = new ArrayList<>();
    List<List<String>> sentence = List.of(words.stream().map(TaggedWord::word).toList());
    for (TagEncoder.Piece piece : own.encoder().toAsk(sentence)) {
      for (int t = piece.answeredFrom(); t < piece.answeredTo(); t++) {
        read(piece);
        int label = own.labels().indexOf(words.get(piece.from() + t).label());
        double[][] products = products(piece.size(), t, label);
        Double[] ofWords = new Double[count];
        Arrays.fill(ofWords, 0.0); // of words that were not read together with this one
        for (int s = 0; s < products.length; s++) {
          ofWords[piece.from() + s] = Arrays.stream(products[s]).sum();
        }
        all.add(List.of(ofWords));
        features.add(byFeature(products[t]));
        known.add(piece.ids()[t] != Vocabulary.UNKNOWN);
      }
    }
    return new TagExplanation(words, all, features, known);
  }

  private void read(TagEncoder.Piece piece) {
    float[][] vectors = new float[piece.size()][];
    for (int t = 0; t < vectors.length; t++) {
      vectors[t] = vector(piece.word(t), piece.ids()[t]);
    }
    steps.read(vectors);
  }

  /** Of all words for a label of word t. */
  private double[][] products(int count, int t, int label) {
    INDArray weights = Networks.matrix(table(SequenceTagging.LABELS)); // [H, C]
    INDArray slope = Nd4j.zeros(weights.dataType(), 1, weights.size(0), count);
    for (int h = 0; h < weights.size(0); h++) {
      slope.putScalar(0, h, t, weights.getDouble(h, label));
    }
    return steps.products(slope, count);
  }

  /** All that is read of a word, side by side. */
  private float[] vector(TagEncoder.Word word, int id) {
    float[] all = new float[sizes.values().stream().mapToInt(Integer::intValue).sum()];
    int at = put(all, 0, table(SequenceTagging.EMBEDDING).getRow(id).toFloatVector());
    int k = 0;
    for (Affix affix : Affix.values()) {
      if (k < word.affixes()) { // none, or all
        at = put(all, at, table(affix.table()).getRow(word.affix(k++)).toFloatVector());
      }
    }
    if (word.vector() != null) {
      put(all, at, word.vector());
    }
    return all;
  }

  private static int put(float[] all, int at, float[] part) {
    System.arraycopy(part, 0, all, at, part.length);
    return at + part.length;
  }

  private Map<String, Double> byFeature(double[] products) {
    Map<String, Double> sums = new LinkedHashMap<>();
    int from = 0;
    for (Map.Entry<String, Integer> feature : sizes.entrySet()) {
      double sum = 0;
      for (int d = from; d < from + feature.getValue(); d++) {
        sum += products[d];
      }
      from += feature.getValue();
      sums.put(feature.getKey().equals(SequenceTagging.WORDS) ? "word" : feature.getKey(), sum);
    }
    return sums;
  }
}
