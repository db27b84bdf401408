package io.github.recurrentzoo.layers;

/**
 * One parameter of a recurrent layer, for one direction: its key, its shape and how it begins.
 *
 * @param key by which the layer's parameter table has it
 * @param rows of the matrix; 1 for a bias
 * @param columns of the matrix, in blocks of H where there are several gates
 * @param kind how it begins, and whether penalties on weights or on biases apply
 */
public record CellParameter(String key, long rows, long columns, Kind kind) {

  /** The key of the input weights, [D, G*H], of each cell. */
  public static final String WEIGHT = "W";

  /** The key of the recurrent weights, [H, G*H], of each cell. */
  public static final String RECURRENT_WEIGHT = "RW";

  /** The key of the biases, [1, G*H], of each cell. */
  public static final String BIAS = "b";

  /** Stands before the keys of the forward half of {@link Direction#BOTH}. */
  public static final String FORWARD_PREFIX = "f";

  /** Stands before the keys of the backward half of {@link Direction#BOTH}. */
  public static final String BACKWARD_PREFIX = "b";

  /** What a parameter is for. */
  public enum Kind {
    /** Begins as the layer's {@code weightInit} says. */
    WEIGHT,
    /** Multiplies the state that is carried; begins as {@code recurrentWeightInit} says. */
    RECURRENT_WEIGHT,
    /** Begins with {@code biasInit}. */
    BIAS
  }

  /** A matrix [rows, columns] that does not multiply the carried state. */
  public static CellParameter weight(String key, long rows, long columns) {
    return new CellParameter(key, rows, columns, Kind.WEIGHT);
  }

  /** A matrix [rows, columns] that multiplies the carried state. */
  public static CellParameter recurrentWeight(String key, long rows, long columns) {
    return new CellParameter(key, rows, columns, Kind.RECURRENT_WEIGHT);
  }

  /** A bias, [1, columns]. */
  public static CellParameter bias(String key, long columns) {
    return new CellParameter(key, 1, columns, Kind.BIAS);
  }

  /** Whether it is a bias. */
  public boolean isBias() {
    return kind == Kind.BIAS;
  }
}
