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

/** Asks a network for its output at each word: a number for each label. */
final class PieceOutputs {
  private static final int BATCH_SIZE = 64;
  private static final long MOST_NUMBERS = 4_000_000; // of an answer, B T C

  private PieceOutputs() {}

  /** Hears the outputs, in any order of the pieces. */
  interface Heard {

    /**
     * One piece.
     *
     * @param outputs [T][C], context included; valid during the call
     */
    void piece(TagEncoder.Piece piece, float[][] outputs);
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
        heard.piece(piece, row(numbers, b, rows.length, piece.size(), labels));
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
        float[][] outputs = new float[batch[b].size()][];
        for (int t = 0; t < outputs.length; t++) {
          outputs[t] = answers[t * batch.length + b];
        }
        heard.piece(batch[b], outputs);
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

  /**
   * One row of time-major numbers, [T][C].
   *
   * @param numbers [T', B, C]
   */
  static float[][] row(float[] numbers, int row, int rows, int steps, int labels) {
    float[][] own = new float[steps][];
    for (int t = 0; t < steps; t++) {
      int from = (t * rows + row) * labels;
      own[t] = Arrays.copyOfRange(numbers, from, from + labels);
    }
    return own;
  }
}
