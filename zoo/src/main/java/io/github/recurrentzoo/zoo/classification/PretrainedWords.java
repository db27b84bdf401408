package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordVectors;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Word vectors that a network begins with.
 *
 * @param vectors by the word, the wanted ones and others
 * @param dimension of each
 */
record PretrainedWords(Map<String, float[]> vectors, int dimension) {
  /** How many words that are in no text are kept. */
  static final int MOST_OTHERS = 50_000;

  private static final String EMBEDDING = "embedding";
  private static final String WEIGHTS = "W";

  /** Reads the vectors of words, and of others. */
  static PretrainedWords read(EmbeddingSource source, List<String> words, List<String> more) {
    Set<String> wanted = new HashSet<>(words);
    wanted.addAll(more);
    return new PretrainedWords(source.vectors(wanted, MOST_OTHERS), source.dimension());
  }

  /**
   * Gives the embedding of a network that was not trained the vectors. The unknown word gets their
   * mean, words without a vector random ones: normally distributed, with the mean and the variance
   * of all numbers of the vectors that are used.
   */
  void begin(ComputationGraph network, Vocabulary vocabulary, long seed) {
    double[] mean = new double[dimension];
    double sum = 0;
    double squares = 0;
    int found = 0;
    for (String word : vocabulary.words()) {
      float[] vector = vectors.get(word);
      if (vector != null) {
        found++;
        for (int d = 0; d < dimension; d++) {
          mean[d] += vector[d];
          sum += vector[d];
          squares += vector[d] * vector[d];
        }
      }
    }
    if (found == 0) {
      return; // the network's own random vectors are as good
    }
    double numbers = (double) found * dimension;
    double centre = sum / numbers;
    double deviation = Math.sqrt(Math.max(0, squares / numbers - centre * centre));
    Random random = new Random(seed);
    float[][] rows = new float[vocabulary.size()][dimension];
    for (int id = Vocabulary.UNKNOWN; id < rows.length; id++) {
      float[] vector = vectors.get(vocabulary.word(id));
      for (int d = 0; d < dimension; d++) {
        if (id == Vocabulary.UNKNOWN) {
          rows[id][d] = (float) (mean[d] / found);
        } else if (vector == null) {
          rows[id][d] = (float) (centre + deviation * random.nextGaussian());
        } else {
          rows[id][d] = vector[d];
        }
      }
    }
    network.getLayer(EMBEDDING).getParam(WEIGHTS).assign(Nd4j.create(rows));
  }

  /** The words that a network with this vocabulary does not have; null if there are none. */
  WordVectors others(Vocabulary vocabulary) {
    Map<String, float[]> others = new LinkedHashMap<>(vectors);
    others.keySet().removeAll(vocabulary.words());
    return others.isEmpty() ? null : WordVectors.of(others, dimension);
  }

  /** The vectors of words, as rows [words, size]. */
  static INDArray rows(WordVectors words) {
    float[][] rows = new float[words.words().size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = words.vector(i);
    }
    return Nd4j.create(rows);
  }

  /** Gives new words of a network's embedding the vectors that were kept for them. */
  static void move(ComputationGraph network, Vocabulary vocabulary, WordVectors kept) {
    INDArray rows = network.getLayer(EMBEDDING).getParam(WEIGHTS);
    for (int i = 0; i < kept.words().size(); i++) {
      int id = vocabulary.id(kept.words().get(i));
      if (id != Vocabulary.UNKNOWN) {
        rows.putRow(id, Nd4j.createFromArray(kept.vector(i)));
      }
    }
  }
}
