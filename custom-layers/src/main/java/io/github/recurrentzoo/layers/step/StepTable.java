package io.github.recurrentzoo.layers.step;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sequence whose steps are rows of a table: {@code x[b, :, t] = rows[places[b * T + t], :]}. A
 * recurrent layer multiplies each row once and not each step; there are fewer of them wherever a
 * token occurs twice.
 *
 * @param rows [U, D]; the last one is zero, for steps that are masked
 * @param places B*T numbers from 0 to U-1, the T of a row together
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StepTable(INDArray rows, int[] places) {

  /** The place of the zeros. */
  int zeros() {
    return (int) rows.size(0) - 1;
  }

  /** The shape of {@link #rows}, and of the gradient by them. */
  StepShape shape() {
    return new StepShape(rows.size(0), rows.size(1), 0);
  }
}
