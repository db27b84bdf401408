package io.github.recurrentzoo.zoo.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences on the Java heap in the order that kernels have them in: [T][B][S]. */
public final class TimeMajor {
  private TimeMajor() {}

  /** Numbers in this order as an array [B, S, T], a view of memory that lies so. */
  public static INDArray array(float[] numbers, int steps, int rows, int size) {
    return Nd4j.create(numbers, new long[] {steps, rows, size}, 'c').permute(1, 2, 0);
  }

  /** The numbers of an array [B, S, T] in this order; where its memory lies so, rows are copied. */
  public static float[] numbers(INDArray array) {
    return array.permute(2, 0, 1).dup('c').data().asFloat();
  }
}
