package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.CellParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One case that kernels are tested on; its {@code toString} says all that is needed to have it
 * again.
 *
 * @param batch B
 * @param steps T
 * @param initial whether there is an initial state
 * @param layout of all arrays
 * @param seed of all numbers
 */
record KernelCase(
    Cell cell,
    int batch,
    int steps,
    boolean forward,
    boolean returnSequences,
    MaskKind mask,
    boolean initial,
    Layout layout,
    long seed) {

  enum MaskKind {
    NONE,
    /** A mask that masks nothing. */
    ONES,
    /** Padding after the sequence. */
    RIGHT,
    /** Padding before the sequence. */
    LEFT,
    /** Each step is masked or not. */
    GAPS,
    /** Gaps, and a row that is masked throughout. */
    ROW
  }

  /** The memory behind the arrays. */
  enum Layout {
    C,
    F,
    /** A view of [T, B, N]. */
    TIME_MAJOR,
    /** A view of [B, T, N]. */
    NWC,
    /** A part of a larger array. */
    SLICE
  }

  RecurrentKernel.Spec spec() {
    return new RecurrentKernel.Spec(cell, forward, returnSequences);
  }

  RecurrentKernel reference() {
    return cell.reference(spec());
  }

  KernelCase withSeed(long other) {
    return new KernelCase(
        cell, batch, steps, forward, returnSequences, mask, initial, layout, other);
  }

  KernelCase withBatch(int other) {
    return new KernelCase(
        cell, other, steps, forward, returnSequences, mask, initial, layout, seed);
  }

  /** A part of the steps, of which all outputs are wanted. */
  KernelCase withSteps(int other, boolean otherInitial) {
    return new KernelCase(cell, batch, other, forward, true, mask, otherInitial, layout, seed);
  }

  /** In the other direction. */
  KernelCase reversed() {
    return new KernelCase(
        cell, batch, steps, !forward, returnSequences, mask, initial, layout, seed);
  }

  KernelCase withReturnSequences(boolean other) {
    return new KernelCase(cell, batch, steps, forward, other, mask, initial, layout, seed);
  }

  /** The arrays of this case; the numbers are the same, and floats, in each type. */
  KernelData data(DataType type) {
    Random random = new Random(seed);
    Map<String, INDArray> params = params(type);
    Set<String> biases =
        cell.parameters().stream()
            .filter(CellParameter::isBias)
            .map(CellParameter::key)
            .collect(Collectors.toSet());
    params.forEach(
        (key, array) -> {
          boolean bias = biases.contains(key);
          // So that states neither vanish nor grow without bounds, whatever the activation.
          fill(array, random, bias ? 0.5 : 1 / Math.sqrt((double) array.size(0)));
        });
    RecurrentKernel.State state = initial ? state(type) : null;
    if (state != null) {
      fill(state.hidden(), random, 1);
      if (state.memory() != null) {
        fill(state.memory(), random, 1);
      }
    }
    INDArray x = fill(sequence(type, cell.inputs()), random, 1);
    INDArray maskArray = mask == MaskKind.NONE ? null : mask(type, random);
    INDArray epsilon = fill(output(type), random, 1); // last, as its shape depends on the Spec
    return new KernelData(this, type, params, x, maskArray, state, epsilon);
  }

  /** Parameters, not filled: views of one vector, as in a network of Deeplearning4j, or slices. */
  Map<String, INDArray> params(DataType type) {
    Map<String, long[]> shapes = shapes();
    if (layout == Layout.SLICE) {
      Map<String, INDArray> slices = new LinkedHashMap<>();
      shapes.forEach((key, shape) -> slices.put(key, slice(type, shape)));
      return slices;
    }
    long length = shapes.values().stream().mapToLong(KernelCase::length).sum();
    INDArray flat = Nd4j.create(type, length + 1);
    char order = layout == Layout.F ? 'f' : 'c';
    Map<String, INDArray> params = new LinkedHashMap<>();
    long offset = 1;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long end = offset + length(entry.getValue());
      INDArray view = flat.get(NDArrayIndex.interval(offset, end));
      params.put(entry.getKey(), view.reshape(order, entry.getValue()));
      offset = end;
    }
    return params;
  }

  /** The names of the gradients by parameters, as {@link KernelData} names them. */
  Set<String> gradientsByParameters() {
    return shapes().keySet().stream().map(KernelData::gradientBy).collect(Collectors.toSet());
  }

  /** A part of a larger matrix, in either order. */
  private INDArray slice(DataType type, long[] shape) {
    return Nd4j.create(type, new long[] {shape[0] + 3, shape[1] + 2}, seed % 2 == 0 ? 'f' : 'c')
        .get(NDArrayIndex.interval(2, shape[0] + 2), NDArrayIndex.interval(1, shape[1] + 1));
  }

  private Map<String, long[]> shapes() {
    boolean vector = layout == Layout.F || layout == Layout.NWC;
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (CellParameter p : cell.parameters()) {
      shapes.put(
          p.key(),
          p.isBias() && vector ? new long[] {p.columns()} : new long[] {p.rows(), p.columns()});
    }
    return shapes;
  }

  private static long length(long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }

  /** [B, H, T] or [B, H]. */
  INDArray output(DataType type) {
    return returnSequences ? sequence(type, cell.hidden()) : matrix(type, cell.hidden());
  }

  /** A state, not filled. */
  RecurrentKernel.State state(DataType type) {
    int hidden = cell.hidden();
    return new RecurrentKernel.State(
        matrix(type, hidden), cell.hasMemory() ? matrix(type, hidden) : null);
  }

  /** [B, N, T]. */
  INDArray sequence(DataType type, int size) {
    return switch (layout) {
      case C -> Nd4j.create(type, new long[] {batch, size, steps}, 'c');
      case F -> Nd4j.create(type, new long[] {batch, size, steps}, 'f');
      case TIME_MAJOR -> Kernels.timeMajor(Nd4j.create(type, steps, batch, size));
      case NWC -> Nd4j.create(type, batch, steps, size).permute(0, 2, 1);
      case SLICE ->
          Nd4j.create(type, batch + 1, size + 2, steps + 3)
              .get(
                  NDArrayIndex.interval(1, batch + 1),
                  NDArrayIndex.interval(1, size + 1),
                  NDArrayIndex.interval(2, steps + 2));
    };
  }

  /** [B, N]. */
  INDArray matrix(DataType type, int size) {
    return switch (layout) {
      case C, TIME_MAJOR -> Nd4j.create(type, new long[] {batch, size}, 'c');
      case F -> Nd4j.create(type, new long[] {batch, size}, 'f');
      case NWC -> Nd4j.create(type, size, batch).permute(1, 0);
      case SLICE ->
          Nd4j.create(type, batch + 1, size + 2)
              .get(NDArrayIndex.interval(1, batch + 1), NDArrayIndex.interval(1, size + 1));
    };
  }

  /** Numbers between -scale and scale, each a float. */
  private static INDArray fill(INDArray array, Random random, double scale) {
    long[] index = new long[array.rank()];
    for (long i = 0; i < array.length(); i++) {
      long rest = i;
      for (int axis = index.length - 1; axis >= 0; axis--) {
        index[axis] = rest % array.size(axis);
        rest /= array.size(axis);
      }
      array.putScalar(index, (float) (scale * (2 * random.nextDouble() - 1)));
    }
    return array;
  }

  private INDArray mask(DataType type, Random random) {
    INDArray array = matrix(type, steps);
    for (int b = 0; b < batch; b++) {
      int length = 1 + random.nextInt(steps);
      for (int t = 0; t < steps; t++) {
        boolean unmasked =
            switch (mask) {
              case NONE, ONES -> true;
              case RIGHT -> t < length;
              case LEFT -> t >= steps - length;
              case GAPS -> random.nextBoolean();
              case ROW -> random.nextBoolean() && b != seed % batch;
            };
        array.putScalar(b, t, unmasked ? 1 : 0);
      }
    }
    return array;
  }
}
