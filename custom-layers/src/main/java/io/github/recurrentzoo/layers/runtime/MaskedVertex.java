package io.github.recurrentzoo.layers.runtime;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A vertex that reads the mask of a network input, whose rows are padded on the right. */
// Deeplearning4j declares setInputs with dots in the interface and without them in the class.
@SuppressWarnings("overrides")
abstract class MaskedVertex extends PlainVertex {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final int maskIndex;

  /**
   * A vertex of a graph.
   *
   * @param kind what it is, for messages
   * @param maskedInput the name of the network input
   * @throws IllegalArgumentException if the network has no such input
   */
  MaskedVertex(
      ComputationGraph graph,
      String kind,
      String name,
      int index,
      DataType dataType,
      String maskedInput) {
    super(graph, name, index, dataType);
    this.kind = kind;
    maskIndex = graph.getConfiguration().getNetworkInputs().indexOf(maskedInput);
    if (maskIndex < 0) {
      throw new IllegalArgumentException(
          kind
              + " "
              + name
              + " is to read the mask of the network input \""
              + maskedInput
              + "\", but the inputs are "
              + graph.getConfiguration().getNetworkInputs());
    }
  }

  /** The number of steps of each row of the input, [B, S, T], up to the last unmasked one. */
  final int[] lengths() {
    int rows = (int) inputs[0].size(0);
    int steps = (int) inputs[0].size(2);
    int[] lengths = new int[rows];
    INDArray[] masks = graph.getInputMaskArrays();
    INDArray mask = masks == null ? null : masks[maskIndex];
    if (mask == null) {
      Arrays.fill(lengths, steps);
      return lengths;
    }
    if (mask.rank() != 2 || mask.size(0) != rows || mask.size(1) != steps) {
      throw new DL4JInvalidInputException(
          this
              + ": mask of shape "
              + Arrays.toString(mask.shape())
              + ", but [batch, time] = ["
              + rows
              + ", "
              + steps
              + "] was expected");
    }
    double[][] values = mask.toDoubleMatrix();
    for (int b = 0; b < rows; b++) {
      int length = steps;
      while (length > 0 && values[b][length - 1] == 0) {
        length--;
      }
      if (length == 0) {
        throw new DL4JInvalidInputException(
            this + ": row " + b + " is masked throughout; each row needs one step at least");
      }
      lengths[b] = length;
    }
    return lengths;
  }

  @Override
  public final String toString() {
    return kind + " " + vertexName;
  }
}
