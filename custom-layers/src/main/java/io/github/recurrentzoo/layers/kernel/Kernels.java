package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.KernelMode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that chooses between fused kernel, reference and none. */
public final class Kernels {

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

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
    KernelMode wanted = mode.orSystemProperty();
    if (wanted == KernelMode.OFF) {
      return none("kernels are off");
    }
    if (wanted == KernelMode.REFERENCE) {
      return chosen(spec.cell().reference(spec), "the reference kernel, as was asked for");
    }
    Optional<String> obstacle = obstacle(dataType);
    if (obstacle.isPresent()) {
      return unserved(obstacle.get(), wanted);
    }
    int threads = KernelThreads.count();
    return chosen(
        new FusedKernel(spec, threads),
        "the fused kernel on " + threads + (threads == 1 ? " thread" : " threads"));
  }

  /**
   * What follows where no kernel can compute a layer.
   *
   * @param obstacle why not
   * @return no kernel, for that reason
   * @throws UnsupportedOperationException if the mode is {@link KernelMode#FUSED}
   */
  public static Choice unserved(String obstacle, KernelMode mode) {
    return switch (mode.orSystemProperty()) {
      case OFF -> none("kernels are off");
      case AUTO, REFERENCE -> none(obstacle);
      case FUSED ->
          throw new UnsupportedOperationException(
              "The fused kernel was asked for, but cannot serve: "
                  + obstacle
                  + "; change that, or use kernel mode AUTO");
    };
  }

  /**
   * The kernel of attention: the fused one where it can serve, else the reference.
   *
   * @throws IllegalArgumentException if the system property of {@link KernelMode} has a value that
   *     is no mode
   */
  public static AttentionKernel attention(DataType dataType) {
    return serveOthers(dataType, KernelMode.AUTO)
        ? new FusedAttention(KernelThreads.count())
        : new ReferenceAttention();
  }

  /**
   * Whether the fused kernels serve what goes with a recurrent layer, embedding and updater, which
   * have no reference; they are left to Deeplearning4j without a word.
   */
  public static boolean serveOthers(DataType dataType, KernelMode mode) {
    KernelMode wanted = mode.orSystemProperty();
    return (wanted == KernelMode.AUTO || wanted == KernelMode.FUSED)
        && obstacle(dataType).isEmpty();
  }

  private static Optional<String> obstacle(DataType dataType) {
    if (dataType != DataType.FLOAT) {
      return Optional.of("the data type is " + dataType + ", but the fused kernel is for FLOAT");
    }
    ExecutionerType executioner = Nd4j.getExecutioner().type();
    if (executioner != ExecutionerType.NATIVE_CPU) {
      return Optional.of("ND4J runs on " + executioner + ", but the fused kernel is for the CPU");
    }
    return OpenBlas.OBSTACLE;
  }

  private static Choice chosen(RecurrentKernel kernel, String reason) {
    LOG.debug("{}: {}", kernel.spec(), reason);
    return new Choice(Optional.of(kernel), reason);
  }

  private static Choice none(String reason) {
    if (LOGGED.add(reason)) {
      LOG.info("A recurrent layer has no kernel: {} (said once)", reason);
    }
    return new Choice(Optional.empty(), reason);
  }

  /** A view of shape [B, size, T] of time-major memory [T, B, size], and float on the CPU. */
  public static INDArray timeMajor(INDArray memory) {
    return memory.permute(1, 2, 0);
  }

  /** Looks for OpenBLAS when it is first asked for. */
  private static final class OpenBlas {
    static final Optional<String> OBSTACLE = load();

    private static Optional<String> load() {
      try {
        Loader.load(openblas_nolapack.class);
        return Optional.empty();
      } catch (LinkageError | RuntimeException e) {
        return Optional.of("OpenBLAS, which the fused kernel needs, cannot be loaded: " + e);
      }
    }
  }
}
