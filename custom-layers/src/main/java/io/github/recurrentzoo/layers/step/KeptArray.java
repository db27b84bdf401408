package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.runtime.Workspaces;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Floats that are kept from step to step, seen in the shape of each minibatch. The memory grows to
 * that of the largest one; a view is made when its shape comes for the first time, since ND4J takes
 * longer to make one than a kernel to fill it.
 */
final class KeptArray {

  /** So many shapes are remembered; epochs of texts have a shape for each length. */
  private static final int MOST_VIEWS = 512;

  private static final char TIME_MAJOR = 't';

  private record Shape(long rows, long size, long steps, char order) {}

  private final Map<Shape, INDArray> views = new HashMap<>();
  private INDArray memory;

  /**
   * The memory as a sequence or matrix, with whatever stands in it.
   *
   * @return [rows, size, steps] in time-major memory, or [rows, size] where steps is 0
   */
  INDArray as(StepShape shape) {
    return as(shape, TIME_MAJOR);
  }

  /** The same with its numbers in another order in memory: 'c' or 'f'. */
  INDArray as(StepShape whole, char order) {
    Shape shape = new Shape(whole.rows(), whole.size(), whole.steps(), order);
    INDArray view = views.get(shape);
    if (view == null) {
      view = Workspaces.outside(() -> make(shape));
      views.put(shape, view);
    }
    return view;
  }

  private INDArray make(Shape shape) {
    long length = shape.rows() * shape.size() * Math.max(1, shape.steps());
    if (memory == null || memory.length() < length || views.size() >= MOST_VIEWS) {
      views.clear();
    }
    if (memory == null || memory.length() < length) {
      memory = Nd4j.createUninitialized(DataType.FLOAT, length);
    }
    INDArray part = memory.get(NDArrayIndex.interval(0, length));
    if (shape.order() != TIME_MAJOR) {
      return shape.steps() == 0
          ? part.reshape(shape.order(), shape.rows(), shape.size())
          : part.reshape(shape.order(), shape.rows(), shape.size(), shape.steps());
    }
    if (shape.steps() == 0) {
      return part.reshape('c', shape.rows(), shape.size());
    }
    return shape.steps() == 1 // as the layers have it
        ? part.reshape('c', shape.rows(), shape.size(), 1)
        : Kernels.timeMajor(part.reshape('c', shape.steps(), shape.rows(), shape.size()));
  }
}
