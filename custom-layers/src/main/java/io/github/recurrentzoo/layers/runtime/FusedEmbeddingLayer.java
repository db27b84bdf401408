package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.EmbeddingKernel;
import io.github.recurrentzoo.layers.kernel.Kernels;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * Deeplearning4j's embedding of token sequences with the {@link EmbeddingKernel}: what it gives to
 * the recurrent layer lies time-major in memory, and so does the gradient that it gets back. For
 * float, without bias and with the identity as activation.
 */
public final class FusedEmbeddingLayer extends EmbeddingSequenceLayer {

  private static final long serialVersionUID = 1L;

  private transient int[] tokens; // [B*T], the T of a row together

  /** Takes the place of {@code plain}, which has no {@link #obstacle}. */
  FusedEmbeddingLayer(EmbeddingSequenceLayer plain) {
    super(plain.conf(), plain.getDataType());
    NetworkLayers.takeOver(plain, this);
  }

  /** Why the kernel cannot compute a layer; empty if it can. */
  static Optional<String> obstacle(EmbeddingSequenceLayer layer) {
    var conf = layer.layerConf();
    if (conf.hasBias()) {
      return Optional.of("it has a bias, which the kernel does not");
    }
    if (!(conf.getActivationFn() instanceof ActivationIdentity)) {
      return Optional.of("it has the activation " + conf.getActivationFn());
    }
    if (conf.getOutputFormat() != RNNFormat.NCW) {
      return Optional.of("its output has the format " + conf.getOutputFormat());
    }
    if (conf.getNIn() * conf.getNOut() > EmbeddingKernel.MAX_WEIGHTS) {
      return Optional.of("it has more than " + EmbeddingKernel.MAX_WEIGHTS + " weights");
    }
    if (conf.getWeightNoise() != null) {
      return Optional.of("it has weight noise, which the kernel does not");
    }
    return Optional.empty();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(false);
    INDArray ids = matrixOfIds();
    long rows = ids.size(0);
    long steps = ids.size(1);
    requireLength(steps);
    requireMask(ids);
    boolean dense = ids.ordering() == 'c' && !ids.isView() && Shape.hasDefaultStridesForShape(ids);
    tokens = (dense ? ids : ids.dup('c')).data().asInt();
    requireInVocabulary(steps);
    INDArray output =
        Kernels.timeMajor(
            workspaceMgr.createUninitialized(
                ArrayType.ACTIVATIONS, dataType, new long[] {steps, rows, layerConf().getNOut()}));
    EmbeddingKernel.lookUp(
        getParam(DefaultParamInitializer.WEIGHT_KEY), tokens, floatMask(), output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    INDArray gradient = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
    EmbeddingKernel.scatter(epsilon.castTo(dataType), tokens, floatMask(), gradient);
    Gradient result = new DefaultGradient();
    result.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, gradient);
    return new Pair<>(result, null);
  }

  private INDArray floatMask() {
    return maskArray == null ? null : maskArray.castTo(dataType);
  }

  private INDArray matrixOfIds() {
    if (input.rank() == 2) {
      return input;
    }
    if (input.rank() == 1) {
      return input.reshape(input.length(), 1);
    }
    if (input.rank() == 3 && input.size(1) == 1) {
      return input.reshape(input.ordering(), input.size(0), input.size(2));
    }
    throw new DL4JInvalidInputException(
        "Embedding "
            + layerId()
            + ": input of shape "
            + Arrays.toString(input.shape())
            + ", but token ids [batch, time] or [batch, 1, time] were expected");
  }

  private void requireLength(long steps) {
    // Deeplearning4j's own layer writes a length that it infers into its configuration, and so into
    // saved files, which then depend on what the network was asked last.
    if (!layerConf().isInferInputLength() && steps != layerConf().getInputLength()) {
      throw new DL4JInvalidInputException(
          "Embedding "
              + layerId()
              + ": input of "
              + steps
              + " time steps, but its inputLength is "
              + layerConf().getInputLength()
              + "; leave inputLength out of the configuration for sequences of any length");
    }
  }

  private void requireMask(INDArray ids) {
    if (maskArray != null && !Arrays.equals(maskArray.shape(), ids.shape())) {
      throw new DL4JInvalidInputException(
          "Embedding "
              + layerId()
              + ": features mask of shape "
              + Arrays.toString(maskArray.shape())
              + ", but [batch, time] = "
              + Arrays.toString(ids.shape())
              + " was expected");
    }
  }

  private void requireInVocabulary(long steps) {
    long vocabulary = layerConf().getNIn();
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabulary) {
        throw new DL4JInvalidInputException(
            "Embedding "
                + layerId()
                + ": token id "
                + tokens[i]
                + " at row "
                + i / steps
                + ", time step "
                + i % steps
                + ", but ids go from 0 to nIn - 1 = "
                + (vocabulary - 1));
      }
    }
  }

  @Override
  public void clear() {
    super.clear();
    tokens = null;
  }
}
