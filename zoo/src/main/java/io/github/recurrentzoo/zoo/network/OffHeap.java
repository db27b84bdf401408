package io.github.recurrentzoo.zoo.network;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Memory outside of the Java heap that is given back at once. Without that it waits for a garbage
 * collection, which a heap that is far from full has no need of for long.
 */
public final class OffHeap {

  private OffHeap() {}

  /**
   * Gives back the memory of arrays that nobody uses any more. Views, arrays of a workspace and
   * arrays that are closed already stay as they are.
   *
   * @param arrays null stands for none
   */
  public static void close(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (array != null && array.closeable()) {
        array.close();
      }
    }
  }
}
