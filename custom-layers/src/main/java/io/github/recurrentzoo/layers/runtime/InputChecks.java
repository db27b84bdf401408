package io.github.recurrentzoo.layers.runtime;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a recurrent layer refuses; each message names what came, what was expected and what to do.
 */
final class InputChecks {

  private static final boolean CHECK_ALL = Boolean.getBoolean("recurrentzoo.checked");

  private final String layer;
  private final RNNFormat format;

  /**
   * Checks the inputs of one layer.
   *
   * @param layer what kind of layer it is, its name and index
   * @param format of its input
   */
  InputChecks(String layer, RNNFormat format) {
    this.layer = layer;
    this.format = format;
  }

  void requireInput(INDArray x, long nIn) {
    boolean ncw = format == RNNFormat.NCW;
    String expected = ncw ? "[batch, " + nIn + ", time]" : "[batch, time, " + nIn + "]";
    if (x.rank() != 3) {
      throw refuse(
          "input of rank %d with shape %s, but %s was expected; a single step goes into"
              + " rnnTimeStep, a table of features into a dense layer",
          x.rank(), Arrays.toString(x.shape()), expected);
    }
    int featureAxis = ncw ? 1 : 2;
    if (x.size(featureAxis) != nIn) {
      throw refuse(
          "input of shape %s, but %s was expected: size %d must be nIn = %d; if it is %s, permute"
              + " it (0, 2, 1)",
          Arrays.toString(x.shape()),
          expected,
          featureAxis,
          nIn,
          ncw ? "[batch, time, size]" : "[batch, size, time]");
    }
    if (x.size(0) == 0 || x.size(3 - featureAxis) == 0) {
      throw refuse(
          "input of shape %s has no %s; give at least one, and leave empty sequences out of the"
              + " minibatch",
          Arrays.toString(x.shape()), x.size(0) == 0 ? "row" : "time step");
    }
  }

  /** Refuses NaN and infinities in [batch, size, time], where {@code wanted} or for all layers. */
  void requireFinite(INDArray x, boolean wanted) {
    if (!CHECK_ALL && !wanted) {
      return;
    }
    if (!x.isNaN().any() && !x.isInfinite().any()) {
      return;
    }
    for (long row = 0; row < x.size(0); row++) {
      for (long t = 0; t < x.size(2); t++) {
        for (long feature = 0; feature < x.size(1); feature++) {
          double value = x.getDouble(row, feature, t);
          if (!Double.isFinite(value)) {
            throw refuse(
                "input is %s at row %d, feature %d, time step %d, but all values must be finite;"
                    + " mend the data, or mask the time step and put 0 there",
                value, row, feature, t);
          }
        }
      }
    }
  }

  void requireMask(INDArray mask, INDArray x) {
    if (mask == null) {
      return;
    }
    long steps = x.size(format == RNNFormat.NCW ? 2 : 1);
    if (mask.rank() != 2 || mask.size(0) != x.size(0) || mask.size(1) != steps) {
      throw refuse(
          "features mask of shape %s, but [batch, time] = [%d, %d] was expected for input of shape"
              + " %s; the layers below keep it until network.clearLayerMaskArrays()",
          Arrays.toString(mask.shape()), x.size(0), steps, Arrays.toString(x.shape()));
    }
  }

  void requireEachRowUnmasked(INDArray mask) {
    if (mask == null) {
      return;
    }
    INDArray stepsPerRow = mask.castTo(DataType.FLOAT).sum(1); // vertices may hand out BOOL
    for (long row = 0; row < mask.size(0); row++) {
      if (stepsPerRow.getDouble(row) == 0.0) {
        throw refuse(
            "row %d of the minibatch is masked throughout, but each row needs at least one unmasked"
                + " time step; leave the row out, or give it one step (for a text, the unknown"
                + " word); the layers below keep the mask until network.clearLayerMaskArrays()",
            row);
      }
    }
  }

  void requireState(INDArray state, INDArray x, long nOut) {
    if (state == null) {
      return;
    }
    if (state.rank() != 2 || state.size(0) != x.size(0) || state.size(1) != nOut) {
      throw refuse(
          "the stored state has shape %s, but the input has %d rows, so [%d, %d] was expected; call"
              + " rnnClearPreviousState() before another batch of sequences begins",
          Arrays.toString(state.shape()), x.size(0), x.size(0), nOut);
    }
  }

  @Override
  public String toString() {
    return layer;
  }

  private DL4JInvalidInputException refuse(String message, Object... values) {
    return new DL4JInvalidInputException(layer + ": " + String.format(message, values));
  }
}
