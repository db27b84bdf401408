package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.KernelMode;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The one place that chooses between fused kernel, reference and none. */
public final class Kernels {

  private Kernels() {}

  /**
   * What was chosen.
   *
   * @param kernel empty where the plain code of SameDiff or Deeplearning4j is to serve
   * @param reason why, for people to read
   */
  public record Choice(Optional<RecurrentKernel> kernel, String reason) {}

  /**
   * Chooses the kernel for a layer.
   *
   * @throws UnsupportedOperationException if the mode is {@link KernelMode#FUSED} and the fused
   *     kernel cannot serve
   */
  public static Choice choose(RecurrentKernel.Spec spec, DataType dataType, KernelMode mode) {
    throw new UnsupportedOperationException("written next");
  }

  /** A view of shape [B, size, T] of time-major memory [T, B, size], and float on the CPU. */
  public static INDArray timeMajor(INDArray memory) {
    return memory.permute(1, 2, 0);
  }
}
