package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.CellParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What goes into a kernel, and a run of the kernel. */
record KernelData(
    KernelCase kase,
    DataType type,
    Map<String, INDArray> params,
    INDArray x,
    INDArray mask,
    RecurrentKernel.State initial,
    INDArray epsilon) {

  /** The names of results that are no parameters' gradients. */
  static final String OUTPUT = "output";

  static final String LAST_HIDDEN = "last hidden";
  static final String LAST_MEMORY = "last memory";
  static final String INPUT_GRADIENT = "gradient by x";
  static final String HIDDEN_GRADIENT = "gradient by initial hidden";
  static final String MEMORY_GRADIENT = "gradient by initial memory";

  /** The name of the gradient by a parameter. */
  static String gradientBy(String key) {
    return "gradient by " + key;
  }

  /** Output and last state, by name, in double; [B, H, T] or [B, H]. */
  Map<String, INDArray> outputs(RecurrentKernel kernel, boolean keepsTape) {
    INDArray output = garbage(kase.output(type));
    RecurrentKernel.State last = garbage(kase.state(type));
    kernel.forward(new RecurrentKernel.Forward(params, x, mask, initial, output, last, keepsTape));
    Map<String, INDArray> results = new LinkedHashMap<>();
    put(results, OUTPUT, output);
    put(results, LAST_HIDDEN, last.hidden());
    put(results, LAST_MEMORY, last.memory());
    return results;
  }

  /** The gradients, by name, in double; {@link #outputs} comes before. */
  Map<String, INDArray> gradients(RecurrentKernel kernel) {
    Map<String, INDArray> byParams = kase.params(type);
    byParams.values().forEach(KernelData::garbage);
    INDArray byInput = garbage(kase.sequence(type, kase.cell().inputs()));
    RecurrentKernel.State byInitial = garbage(kase.state(type));
    kernel.backward(new RecurrentKernel.Backward(epsilon, byParams, byInput, byInitial));
    Map<String, INDArray> results = new LinkedHashMap<>();
    byParams.forEach((key, gradient) -> put(results, gradientBy(key), gradient));
    put(results, INPUT_GRADIENT, byInput);
    put(results, HIDDEN_GRADIENT, byInitial.hidden());
    put(results, MEMORY_GRADIENT, byInitial.memory());
    return results;
  }

  /** Output, last state and all gradients. */
  Map<String, INDArray> run(RecurrentKernel kernel) {
    Map<String, INDArray> results = outputs(kernel, true);
    results.putAll(gradients(kernel));
    return results;
  }

  /** The steps from..to-1, beginning with a state. */
  KernelData part(int from, int to, RecurrentKernel.State state) {
    return new KernelData(
        kase.withSteps(to - from, state != null),
        type,
        params,
        x.get(all(), all(), interval(from, to)),
        mask == null ? null : mask.get(all(), interval(from, to)),
        state,
        epsilon.get(all(), all(), interval(from, to)));
  }

  /** The same with a value wherever x is masked, and epsilon where it has a time axis. */
  KernelData withUnderMask(double value) {
    INDArray otherX = kase.sequence(type, kase.cell().inputs()).assign(x);
    INDArray otherEpsilon = kase.output(type).assign(epsilon);
    for (int b = 0; b < kase.batch(); b++) {
      for (int t = 0; t < kase.steps(); t++) {
        if (mask.getDouble(b, t) == 0) {
          for (int d = 0; d < kase.cell().inputs(); d++) {
            otherX.putScalar(b, d, t, value);
          }
          for (int j = 0; kase.returnSequences() && j < kase.cell().hidden(); j++) {
            otherEpsilon.putScalar(b, j, t, value);
          }
        }
      }
    }
    return new KernelData(kase, type, params, otherX, mask, initial, otherEpsilon);
  }

  /**
   * The same with inputs between scale / 2 and scale that saturate each gate: one feature of a step
   * is not 0, and no weight W is near 0.
   */
  KernelData saturated(double scale) {
    int inputs = kase.cell().inputs();
    Map<String, INDArray> weights = kase.params(type);
    weights.forEach((key, array) -> array.assign(params.get(key)));
    INDArray w = weights.get(CellParameter.WEIGHT);
    for (int d = 0; d < inputs; d++) {
      for (int j = 0; j < w.size(1); j++) {
        w.putScalar(d, j, awayFromZero(w.getDouble(d, j), 1 / Math.sqrt(inputs)));
      }
    }
    INDArray large = kase.sequence(type, inputs);
    for (int b = 0; b < kase.batch(); b++) {
      for (int t = 0; t < kase.steps(); t++) {
        int d = (b + t) % inputs;
        large.putScalar(b, d, t, (float) (scale * awayFromZero(x.getDouble(b, d, t), 1)));
      }
    }
    return new KernelData(kase, type, weights, large, mask, initial, epsilon);
  }

  /** From between -largest and largest to that without the half in the middle; a float. */
  private static double awayFromZero(double value, double largest) {
    return (float) ((value < 0 ? -0.5 : 0.5) * (largest + Math.abs(value)));
  }

  /** Everything that goes in, by name, as it is now. */
  Map<String, INDArray> snapshot() {
    Map<String, INDArray> arrays = new LinkedHashMap<>(copies(params));
    put(arrays, "x", x);
    put(arrays, "mask", mask);
    put(arrays, "initial hidden", initial == null ? null : initial.hidden());
    put(arrays, "initial memory", initial == null ? null : initial.memory());
    put(arrays, "epsilon", epsilon);
    return arrays;
  }

  private static Map<String, INDArray> copies(Map<String, INDArray> arrays) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    arrays.forEach((key, array) -> put(copies, key, array));
    return copies;
  }

  /** All that a kernel writes is overwritten: what stands there before must not matter. */
  private static INDArray garbage(INDArray array) {
    return array.assign(Double.NaN);
  }

  private static RecurrentKernel.State garbage(RecurrentKernel.State state) {
    garbage(state.hidden());
    if (state.memory() != null) {
      garbage(state.memory());
    }
    return state;
  }

  private static void put(Map<String, INDArray> results, String name, INDArray array) {
    if (array != null) {
      results.put(name, array.dup('c').castTo(DataType.DOUBLE));
    }
  }

  /** Fails where an element differs by more than tolerance(name, expected). */
  static void assertClose(
      Map<String, INDArray> expected,
      Map<String, INDArray> actual,
      ToDoubleBiFunction<String, INDArray> tolerance,
      Object message) {
    assertEquals(expected.keySet(), actual.keySet(), () -> "" + message);
    expected.forEach(
        (name, array) -> {
          assertArrayEquals(array.shape(), actual.get(name).shape(), () -> name + " of " + message);
          assertArrayEquals(
              array.data().asDouble(),
              actual.get(name).data().asDouble(),
              tolerance.applyAsDouble(name, array),
              () -> name + " of " + message);
        });
  }

  /** Fails where an element differs by more than 1e-11. */
  static void assertSame(
      Map<String, INDArray> expected, Map<String, INDArray> actual, Object message) {
    assertClose(expected, actual, (name, array) -> 1e-11, message);
  }
}
