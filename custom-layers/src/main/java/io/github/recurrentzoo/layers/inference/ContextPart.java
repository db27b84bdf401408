package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.HeapMatrix;

/**
 * What the lowest cell reads of a context that is the same at all steps.
 *
 * @param weights the rows of W that the context is multiplied with, [C, G*H]
 */
record ContextPart(HeapMatrix weights) {

  /**
   * c W of each row.
   *
   * @param contexts [R][C], or more lines
   */
  float[][] read(float[][] contexts, int rows) {
    float[][] z = new float[rows][weights.columns()];
    weights.addProduct(contexts, rows, z);
    return z;
  }
}
