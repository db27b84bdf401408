package io.github.recurrentzoo.layers;

import java.util.Objects;

/** A vertex that reads one sequence, and the mask of a network input. */
abstract class MaskedSequenceVertex extends SequenceVertex {
  private static final long serialVersionUID = 1L;

  private final String maskedInput;

  MaskedSequenceVertex(String maskedInput) {
    this.maskedInput = Objects.requireNonNull(maskedInput, "maskedInput");
  }

  /** The network input whose mask, [B, T], says which steps are there. */
  public final String getMaskedInput() {
    return maskedInput;
  }

  @Override
  final int inputs() {
    return 1;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof MaskedSequenceVertex vertex
        && vertex.getClass() == getClass()
        && vertex.maskedInput.equals(maskedInput)
        && sameOptions(vertex);
  }

  /** Whether a vertex of the same class has the same options beside the input. */
  boolean sameOptions(MaskedSequenceVertex other) {
    return true;
  }

  /** A number made of the options beside the input. */
  int hashOfOptions() {
    return 0;
  }

  @Override
  public final int hashCode() {
    return Objects.hash(getClass().getName(), maskedInput, hashOfOptions());
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "(maskedInput=" + maskedInput + ")";
  }
}
