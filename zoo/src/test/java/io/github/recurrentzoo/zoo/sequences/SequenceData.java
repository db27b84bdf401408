package io.github.recurrentzoo.zoo.sequences;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences and minibatches for tests. */
public final class SequenceData {
  private SequenceData() {}

  /**
   * Waves of two channels and 8 to 20 steps: "slow" or "fast" by the first channel, the second one
   * is noise. Numbers are far from zero, so that they have to be scaled.
   */
  public static List<LabeledSequence> waves(int count, long seed) {
    Random random = new Random(seed);
    List<LabeledSequence> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean fast = i % 2 == 0;
      int length = 8 + random.nextInt(13);
      double phase = random.nextDouble() * 6;
      double[][] channels = new double[2][length];
      for (int t = 0; t < length; t++) {
        channels[0][t] = 500 + 20 * Math.sin(phase + t * (fast ? 1.8 : 0.5));
        channels[1][t] = -3 + 0.1 * random.nextGaussian();
      }
      rows.add(new LabeledSequence("wave " + i, channels, fast ? "fast" : "slow", null));
    }
    return rows;
  }

  /** The same with every fifth value or so missing. */
  public static List<LabeledSequence> withGaps(List<LabeledSequence> rows, long seed) {
    Random random = new Random(seed);
    return rows.stream()
        .map(
            row -> {
              double[][] channels = row.channels();
              for (double[] channel : channels) {
                for (int t = 0; t < channel.length; t++) {
                  channel[t] = random.nextInt(5) == 0 ? Double.NaN : channel[t];
                }
              }
              return new LabeledSequence(row.id(), channels, row.label(), null);
            })
        .toList();
  }

  /**
   * A minibatch of rows of these lengths, with random numbers.
   *
   * @param size of a step, S
   */
  public static MultiDataSet dataSet(int size, int classes, int... lengths) {
    Random random = new Random(5);
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    INDArray steps = Nd4j.zeros(lengths.length, size, longest);
    INDArray mask = Nd4j.zeros(lengths.length, longest);
    INDArray labels = Nd4j.zeros(lengths.length, classes);
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        mask.putScalar(b, t, 1);
        for (int s = 0; s < size; s++) {
          steps.putScalar(new int[] {b, s, t}, 0.5 * random.nextGaussian());
        }
      }
      labels.putScalar(b, random.nextInt(classes), 1);
    }
    return new MultiDataSet(
        new INDArray[] {steps}, new INDArray[] {labels}, new INDArray[] {mask}, null);
  }
}
