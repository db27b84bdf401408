package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Weights of a file on their way into a network: all of them are checked before one is copied. */
final class WeightCopies {
  private final Path file;
  private final List<Copy> copies = new ArrayList<>();

  private record Copy(INDArray to, INDArray from) {}

  /**
   * None yet.
   *
   * @param file for messages
   */
  WeightCopies(Path file) {
    this.file = file;
  }

  /**
   * Plans a copy.
   *
   * @throws ModelFileException if the shapes differ; the message names both
   */
  void put(String vertex, INDArray to, INDArray from) {
    check(vertex, to, from);
    copies.add(new Copy(to, from));
  }

  /** Refuses what {@link #put} would. */
  void check(String vertex, INDArray to, INDArray from) {
    boolean fits =
        from.rank() == 1
            ? to.length() == from.length() && (to.rank() == 1 || to.size(0) == 1)
            : Arrays.equals(to.shape(), from.shape());
    if (!fits) {
      throw new ModelFileException(
          "%s: the weights for %s have the shape %s, in Deeplearning4j's order, but the network has %s."
              .formatted(file, vertex, Arrays.toString(from.shape()), Arrays.toString(to.shape())));
    }
  }

  /** Copies. */
  void make() {
    copies.forEach(copy -> copy.to().assign(copy.from().reshape(copy.to().shape())));
  }

  /**
   * The blocks of a matrix or vector in another order.
   *
   * @param dimension along which they lie, equally large
   * @param order of the blocks, by their places in {@code array}
   */
  INDArray blocks(INDArray array, int dimension, int... order) {
    if (array.rank() <= dimension
        || array.size(dimension) == 0
        || array.size(dimension) % order.length != 0) {
      throw new ModelFileException(
          "%s: expected %d blocks, but found the shape %s."
              .formatted(file, order.length, Arrays.toString(array.shape())));
    }
    long size = array.size(dimension) / order.length;
    List<INDArray> blocks = new ArrayList<>();
    for (int block : order) {
      blocks.add(part(array, dimension, block * size, (block + 1) * size));
    }
    return Nd4j.concat(dimension, blocks.toArray(INDArray[]::new));
  }

  /** A part of a matrix or vector along a dimension. */
  static INDArray part(INDArray array, int dimension, long from, long until) {
    INDArrayIndex[] indices = new INDArrayIndex[array.rank()];
    Arrays.fill(indices, NDArrayIndex.all());
    indices[dimension] = NDArrayIndex.interval(from, until);
    return array.get(indices);
  }
}
