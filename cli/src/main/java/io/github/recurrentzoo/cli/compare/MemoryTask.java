package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.zoo.network.TimeMajor;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Two tasks made to measure how long a recurrent network remembers (Hochreiter and Schmidhuber
 * 1997). Their sequences are drawn, so there are as many as one wants and none is seen twice.
 */
enum MemoryTask {
  /**
   * The adding problem: of T steps, each with a number drawn from [0, 1), two are marked, one in
   * each half; at the end the network gives the sum of the two marked numbers. Measured by the mean
   * squared error. Who answers 1 whatever comes has 1/6.
   */
  ADDING(2, 1, "mean squared error") {
    @Override
    public double chance(int length) {
      return 1.0 / 6;
    }

    @Override
    int steps(int length) {
      return length;
    }

    @Override
    Sequences draw(int length, int rows, Random random) {
      float[] inputs = new float[length * rows * inputSize()];
      float[] sums = new float[rows];
      for (int b = 0; b < rows; b++) {
        int first = random.nextInt(length / 2);
        int second = length / 2 + random.nextInt(length - length / 2);
        for (int t = 0; t < length; t++) {
          int at = (t * rows + b) * inputSize();
          inputs[at] = random.nextFloat();
          if (t == first || t == second) {
            inputs[at + 1] = 1;
            sums[b] += inputs[at];
          }
        }
      }
      return new Sequences(
          TimeMajor.array(inputs, length, rows, inputSize()),
          Nd4j.create(sums, new long[] {rows, 1}, 'c'));
    }
  },

  /**
   * The copy task: 10 symbols drawn from 8, then T - 1 blanks, a sign to begin, and 10 blanks,
   * during which the network repeats the 10 symbols in their order; at all steps before it answers
   * blank. Measured by the cross-entropy in nats, the mean over all T + 20 steps. Who remembers
   * nothing has 10 ln 8 / (T + 20).
   */
  COPY(10, 10, "cross-entropy") {
    @Override
    public double chance(int length) {
      return SYMBOLS * Math.log(ALPHABET) / steps(length);
    }

    @Override
    int steps(int length) {
      return length + 2 * SYMBOLS;
    }

    @Override
    Sequences draw(int length, int rows, Random random) {
      int steps = steps(length);
      float[] inputs = new float[steps * rows * inputSize()];
      float[] labels = new float[inputs.length];
      for (int b = 0; b < rows; b++) {
        int[] symbols = random.ints(SYMBOLS, 0, ALPHABET).toArray();
        for (int t = 0; t < steps; t++) {
          int blankOrSign = t == length + SYMBOLS - 1 ? SIGN : BLANK;
          int repeated = t - (length + SYMBOLS);
          int at = (t * rows + b) * inputSize();
          inputs[at + (t < SYMBOLS ? symbols[t] : blankOrSign)] = 1;
          labels[at + (repeated < 0 ? BLANK : symbols[repeated])] = 1;
        }
      }
      return new Sequences(
          TimeMajor.array(inputs, steps, rows, inputSize()),
          TimeMajor.array(labels, steps, rows, inputSize()));
    }
  };

  private static final int SYMBOLS = 10;
  private static final int ALPHABET = 8;
  private static final int BLANK = 8;
  private static final int SIGN = 9;

  private final int inputSize;
  private final int outputs;
  private final String measure;

  MemoryTask(int inputSize, int outputs, String measure) {
    this.inputSize = inputSize;
    this.outputs = outputs;
    this.measure = measure;
  }

  /**
   * Drawn sequences with what is expected of the network.
   *
   * @param inputs [B, D, T]
   * @param labels [B, 1] sums, or [B, V, T] symbols
   */
  record Sequences(INDArray inputs, INDArray labels) {
    MultiDataSet dataSet() {
      return new MultiDataSet(inputs, labels);
    }
  }

  /** What the network's error is measured by. */
  public String measure() {
    return measure;
  }

  /**
   * The error of the best network that remembers nothing: for the adding problem of one that gives
   * always the same answer.
   *
   * @param length T
   */
  public abstract double chance(int length);

  /** The default values of shape and training, the same for both. */
  static Defaults defaults() {
    return new Defaults()
        .both("epochs", 8)
        .both("batchSize", 50)
        .both("learningRate", 0.002)
        .both("clipNorm", 1);
  }

  /** The number of steps of a sequence. */
  abstract int steps(int length);

  abstract Sequences draw(int length, int rows, Random random);

  int inputSize() {
    return inputSize;
  }

  int outputs() {
    return outputs;
  }
}
