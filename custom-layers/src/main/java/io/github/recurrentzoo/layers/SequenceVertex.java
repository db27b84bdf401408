package io.github.recurrentzoo.layers;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;

/** A vertex over sequences without parameters: what our vertices have in common. */
abstract class SequenceVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  /** How many vertices it reads. */
  abstract int inputs();

  @Override
  public final long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public final int minVertexInputs() {
    return inputs();
  }

  @Override
  public final int maxVertexInputs() {
    return inputs();
  }

  /** The type of the only input. */
  final InputTypeRecurrent sequence(InputType... inputs) {
    if (inputs.length != 1 || !(inputs[0] instanceof InputTypeRecurrent sequence)) {
      throw new InvalidInputTypeException(
          this + " reads one sequence, but its inputs are " + Arrays.toString(inputs));
    }
    return sequence;
  }

  @Override
  public final MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, getClass(), inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
