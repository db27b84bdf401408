package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.kernel.BlasCore;
import io.github.recurrentzoo.layers.kernel.NativeCache;
import io.github.recurrentzoo.layers.kernel.PhysicalMemory;
import io.github.recurrentzoo.layers.runtime.LayerAttacher;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Gives the standard recurrent layers of a network the fused kernels.
 *
 * <pre>{@code
 * network.init();
 * System.out.println(FusedKernels.attach(network));
 * }</pre>
 *
 * <p>{@code LSTM} and {@code SimpleRnn} are served, also within {@code LastTimeStep}, {@code
 * Bidirectional}, {@code MaskZeroLayer} and frozen wrappers. What kernels cannot compute is left to
 * Deeplearning4j's own code, and the report says why. {@link Rrnn} has its kernel by itself. What
 * takes most of the time once the recurrent layers are fast gets a kernel as well: {@code
 * EmbeddingSequenceLayer}, and Adam (until {@code network.setLearningRate} makes a new updater).
 *
 * <p>Where all vertices of a {@code ComputationGraph} have kernels, its {@code fit} makes whole
 * steps on them, from the input to the new parameters, without the arrays and passes of
 * Deeplearning4j in between, and the report has an entry "(training)". The results differ by
 * rounding only, and with dropout under masks by its random numbers. After the update {@code
 * gradient()} has the gradients still, as sums over the rows. What a step is not made for is left
 * to Deeplearning4j, with a line in the log: truncated BPTT, masks with gaps, listeners that read
 * the activations of all layers, other optimization algorithms. The system property {@value #STEP}
 * = off leaves all steps to it.
 *
 * <p>The network's configuration, parameters, gradients and updater state stay Deeplearning4j's own
 * arrays: a kernel may be attached before or after training has begun, and a saved file is that of
 * a network without kernels. Whatever makes a network of a network (clone, restore, transfer
 * learning) makes one without kernels; attach again. With kernels attached, truncated BPTT has
 * right gradients, and masked time steps pass no gradient on, both unlike Deeplearning4j's own
 * code.
 *
 * <p>While a kernel runs, OpenBLAS is on one thread in the whole process, since kernels have
 * threads of their own ({@code -Drecurrentzoo.threads}; as many as there are cores by default). To
 * attach makes the network's updater, if there is none yet, with its state.
 *
 * <p>A network must not be in use by another thread while kernels are attached.
 */
public final class FusedKernels {

  /** The system property that leaves the steps of {@code fit} to Deeplearning4j if it is "off". */
  public static final String STEP = "recurrentzoo.step";

  private FusedKernels() {}

  /**
   * Prepares this process for speed. Has an effect only before anything of ND4J is used, so call it
   * first; the zoo does.
   *
   * <ul>
   *   <li>Native libraries that were unpacked by a process with another time zone are not unpacked
   *       again: the times of the files in JavaCPP's folder are corrected.
   *   <li>OpenBLAS is told of AMD's processors with AVX-512, which its version does not know, by
   *       the environment variable OPENBLAS_CORETYPE (on Linux, unless it is set): matrix products
   *       become two to four times as fast.
   *   <li>JavaCPP does not ask the operating system for the size of the process each time that an
   *       array is made, by the system property {@code org.bytedeco.javacpp.maxPhysicalBytes=0}
   *       (unless it is set), which makes ND4J's small operations twice as fast. A thread asks
   *       instead, twice a second, and collects garbage beyond JavaCPP's limit of four times the
   *       heap. JavaCPP would also throw an OutOfMemoryError there; that is no more.
   * </ul>
   */
  public static void prepare() {
    NativeCache.prepare();
    PhysicalMemory.prepare();
    BlasCore.prepare();
  }

  /** {@link #attach(MultiLayerNetwork, KernelMode)} with mode {@link KernelMode#AUTO}. */
  public static AttachReport attach(MultiLayerNetwork network) {
    return attach(network, KernelMode.AUTO);
  }

  /**
   * Attaches kernels to all layers that they can compute. Initialises the network if that has not
   * been done. Layers that have a kernel already keep it.
   *
   * @param mode which kernels; {@link KernelMode#AUTO} stands for the one of the system property
   *     {@value KernelMode#PROPERTY}
   * @return which layer got what, and which did not and why
   * @throws UnsupportedOperationException if the mode is {@link KernelMode#FUSED} and a recurrent
   *     layer cannot be served; the network is then left as it was
   */
  public static AttachReport attach(MultiLayerNetwork network, KernelMode mode) {
    return LayerAttacher.attach(network, mode);
  }

  /** {@link #attach(ComputationGraph, KernelMode)} with mode {@link KernelMode#AUTO}. */
  public static AttachReport attach(ComputationGraph graph) {
    return attach(graph, KernelMode.AUTO);
  }

  /** As {@link #attach(MultiLayerNetwork, KernelMode)}. */
  public static AttachReport attach(ComputationGraph graph, KernelMode mode) {
    return LayerAttacher.attach(graph, mode);
  }
}
