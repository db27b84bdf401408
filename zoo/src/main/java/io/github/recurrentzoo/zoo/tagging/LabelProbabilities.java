package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Asks a network for the probabilities of all labels at each word. */
final class LabelProbabilities {
  private static final int BATCH_SIZE = 64;
  private static final long MOST_NUMBERS = 4_000_000; // of an answer, B T C

  private LabelProbabilities() {}

  /** Hears the answers, in any order of the words. */
  interface Heard {

    /**
     * One word.
     *
     * @param probabilities of label c at {@code from + c}; valid during the call
     */
    void word(int sentence, int word, float[] probabilities, int from);
  }

  static void of(
      ComputationGraph network,
      List<TagEncoder.Piece> pieces,
      int vectorSize,
      int labels,
      Heard heard) {
    for (int[] rows : batches(pieces, labels)) {
      TagBatch batch = TagBatch.of(pieces, rows, vectorSize);
      INDArray answer = network.output(false, batch.arrays(), batch.masks(), null)[0]; // [B, C, T]
      float[] numbers = TimeMajor.numbers(answer);
      OffHeap.close(answer);
      batch.close();
      for (int b = 0; b < rows.length; b++) {
        TagEncoder.Piece piece = pieces.get(rows[b]);
        for (int t = piece.answeredFrom(); t < piece.answeredTo(); t++) {
          heard.word(piece.sentence(), piece.from() + t, numbers, (t * rows.length + b) * labels);
        }
      }
    }
  }

  /** The same by a network on the Java heap. */
  static void of(
      Inference network, List<TagEncoder.Piece> pieces, int vectorSize, int labels, Heard heard) {
    for (int[] rows : batches(pieces, labels)) {
      TagEncoder.Piece[] batch =
          Arrays.stream(rows).mapToObj(pieces::get).toArray(TagEncoder.Piece[]::new);
      ask(network, batch, vectorSize);
      float[][] answers = network.run().output(0); // [T*B][C]
      for (int b = 0; b < batch.length; b++) {
        TagEncoder.Piece piece = batch[b];
        for (int t = piece.answeredFrom(); t < piece.answeredTo(); t++) {
          heard.word(piece.sentence(), piece.from() + t, answers[t * batch.length + b], 0);
        }
      }
    }
  }

  private static void ask(Inference network, TagEncoder.Piece[] batch, int vectorSize) {
    int[] lengths = Arrays.stream(batch).mapToInt(TagEncoder.Piece::size).toArray();
    network.begin(lengths);
    network.symbols(0, Arrays.stream(batch).map(TagEncoder.Piece::ids).toArray(int[][]::new));
    int affixes = batch[0].word(0).affixes();
    for (int k = 0; k < affixes; k++) {
      int affix = k;
      network.symbols(
          1 + k,
          Arrays.stream(batch)
              .map(
                  piece ->
                      IntStream.range(0, piece.size())
                          .map(t -> piece.word(t).affix(affix))
                          .toArray())
              .toArray(int[][]::new));
    }
    if (vectorSize > 0) {
      float[] none = new float[vectorSize]; // of padding, and of words without a vector
      float[][] vectors = new float[Arrays.stream(lengths).max().orElse(0) * batch.length][];
      Arrays.fill(vectors, none);
      for (int b = 0; b < batch.length; b++) {
        for (int t = 0; t < lengths[b]; t++) {
          float[] vector = batch[b].word(t).vector();
          vectors[t * batch.length + b] = vector == null ? none : vector;
        }
      }
      network.numbers(1 + affixes, vectors);
    }
  }

  /** Of like length, and cut so that answers stay bounded. */
  private static List<int[]> batches(List<TagEncoder.Piece> pieces, int labels) {
    List<int[]> ids = pieces.stream().map(TagEncoder.Piece::ids).toList();
    List<int[]> batches = new ArrayList<>();
    for (int[] rows : TokenBatch.byLength(ids, BATCH_SIZE)) {
      long longest = ids.get(rows[rows.length - 1]).length;
      int most = (int) Math.max(1, MOST_NUMBERS / (longest * labels));
      for (int from = 0; from < rows.length; from += most) {
        batches.add(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + most)));
      }
    }
    return batches;
  }

  /** The index of the largest probability, the first one if several are as large. */
  static int best(float[] probabilities, int from, int labels) {
    int best = 0;
    for (int c = 1; c < labels; c++) {
      if (probabilities[from + c] > probabilities[from + best]) {
        best = c;
      }
    }
    return best;
  }
}
