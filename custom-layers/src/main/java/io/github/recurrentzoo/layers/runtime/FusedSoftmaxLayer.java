package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.kernel.SoftmaxKernel;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Deeplearning4j's output layer of sequences with the {@link SoftmaxKernel}: for softmax with
 * cross-entropy (MCXENT), in float. The score comes out of the backward pass, where Deeplearning4j
 * computes everything a second time. With dropout the score is that of the thinned input.
 *
 * <p>Labels are probabilities, [B, V, T], or the ids of the classes, [B, 1, T] in the type of the
 * layer, where a class of V is certain.
 */
public final class FusedSoftmaxLayer extends RnnOutputLayer {

  private static final long serialVersionUID = 1L;

  /** A backward pass whose loss has not been asked for yet. Arrays are told by identity. */
  private record Scored(INDArray input, INDArray labels, INDArray mask, double loss) {}

  private final transient SoftmaxKernel kernel;
  private transient INDArray stepMask; // as it was set: [B, T], or null
  private transient Scored scored;
  private int passes;

  /** Takes the place of {@code plain}, which has no {@link #obstacle}. */
  FusedSoftmaxLayer(RnnOutputLayer plain) {
    super(plain.conf(), plain.getDataType());
    NetworkLayers.takeOver(plain, this);
    setMaskArray(null); // the one that it has is of another shape
    kernel = new SoftmaxKernel(loss(plain).getSoftmaxClipEps());
  }

  private static LossMCXENT loss(RnnOutputLayer layer) {
    return (LossMCXENT) layer.layerConf().getLossFn();
  }

  /** Whether the kernel is made for what the layer computes. */
  static boolean isSoftmax(RnnOutputLayer layer) {
    var conf = layer.layerConf();
    return conf.getLossFn().getClass() == LossMCXENT.class
        && conf.getActivationFn() instanceof ActivationSoftmax;
  }

  /** Why the kernel cannot compute a layer that {@link #isSoftmax}; empty if it can. */
  static Optional<String> obstacle(RnnOutputLayer layer) {
    var conf = layer.layerConf();
    if (!conf.hasBias()) {
      return Optional.of("it has no bias, which the kernel has");
    }
    if (loss(layer).getWeights() != null) {
      return Optional.of("its loss has weights by class, which the kernel has not");
    }
    if (conf.getRnnDataFormat() == RNNFormat.NWC) {
      return Optional.of("its input has the format NWC");
    }
    if (conf.getWeightNoise() != null) {
      return Optional.of("it has weight noise, which the kernel does not");
    }
    return Optional.empty();
  }

  /** How often the kernel has run; for tests. */
  int passes() {
    return passes;
  }

  /** Whether labels are ids, [B, 1, T], and not probabilities, [B, V, T]. */
  public static boolean areIds(INDArray labels, long classes) {
    return classes > 1 && labels != null && labels.rank() == 3 && labels.size(1) == 1;
  }

  /**
   * From now on, each training step keeps what the network answered, dropout and all.
   *
   * @param first the first class that may be an answer
   */
  public void keepAnswers(int first) {
    kernel.keepBest(first);
  }

  /**
   * The most probable class of a step, in the last training step.
   *
   * @throws IllegalStateException without {@link #keepAnswers}
   */
  public int answer(int row, int step) {
    return kernel.best(row, step);
  }

  /** The mask of the steps, [B, T], or null. */
  public INDArray stepMask() {
    return stepMask;
  }

  /**
   * The loss and its gradients, of a training step on kernels.
   *
   * @param byInput written: the gradient by the input
   */
  public double step(SoftmaxKernel.Input read, INDArray of, INDArray byInput) {
    passes++;
    return kernel.loss(
        read,
        of,
        new SoftmaxKernel.Gradients(
            byInput,
            gradientViews.get(DefaultParamInitializer.WEIGHT_KEY),
            gradientViews.get(DefaultParamInitializer.BIAS_KEY)));
  }

  @Override
  public void setMaskArray(INDArray maskArray) {
    super.setMaskArray(maskArray);
    stepMask = maskArray;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    requireInput();
    if (perOutputMask()) {
      return super.activate(training, workspaces);
    }
    INDArray output = timeMajor(layerConf().getNOut(), ArrayType.ACTIVATIONS, workspaces);
    passes++;
    kernel.activate(kernelInput(), output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    requireInput();
    requireLabels();
    if (perOutputMask()) {
      return super.backpropGradient(epsilon, workspaces);
    }
    INDArray given = input;
    thin(workspaces);
    INDArray byInput =
        timeMajor(layerConf().getNIn(), ArrayType.ACTIVATION_GRAD, workspaces); // [B, H, T]
    INDArray byWeights = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
    INDArray byBias = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
    passes++;
    double loss =
        kernel.loss(
            kernelInput(), floats(labels), new SoftmaxKernel.Gradients(byInput, byWeights, byBias));
    input = given;
    scored = new Scored(input, labels, stepMask, loss);
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, byWeights);
    gradient.gradientForVariable().put(DefaultParamInitializer.BIAS_KEY, byBias);
    return new Pair<>(gradient, backpropDropOutIfPresent(byInput));
  }

  /** Dropout, on a copy, since the layer below goes back by what it gave. */
  private void thin(LayerWorkspaceMgr workspaces) {
    if (layerConf().getIDropout() != null) {
      INDArray copy = timeMajor(input.size(1), ArrayType.BP_WORKING_MEM, workspaces);
      input = copy.assign(input);
      applyDropOutIfNecessary(true, workspaces);
    }
  }

  @Override
  public double computeScore(double penalties, boolean training, LayerWorkspaceMgr workspaces) {
    if (input == null || labels == null) {
      throw new IllegalStateException(
          "Cannot calculate score without input and labels " + layerId());
    }
    if (perOutputMask()) {
      return super.computeScore(penalties, training, workspaces);
    }
    double loss = lossOf(training);
    score = (conf().isMiniBatch() ? loss / getInputMiniBatchSize() : loss) + penalties;
    return score;
  }

  private double lossOf(boolean training) {
    Scored last = scored;
    scored = null; // once only: parameters may be others the next time
    if (training
        && last != null
        && last.input() == input
        && last.labels() == labels
        && last.mask() == stepMask) {
      return last.loss();
    }
    requireInput();
    requireLabels();
    passes++;
    return kernel.loss(kernelInput(), floats(labels), null);
  }

  @Override
  public void clear() {
    super.clear();
    scored = null;
  }

  private SoftmaxKernel.Input kernelInput() {
    INDArray mask = stepMask;
    if (mask != null && (mask.size(0) != input.size(0) || mask.size(1) != input.size(2))) {
      throw new DL4JInvalidInputException(
          "Output layer "
              + layerId()
              + ": labels mask of shape "
              + Arrays.toString(mask.shape())
              + ", but [batch, time] = ["
              + input.size(0)
              + ", "
              + input.size(2)
              + "] was expected");
    }
    return new SoftmaxKernel.Input(
        floats(input),
        getParam(DefaultParamInitializer.WEIGHT_KEY),
        getParam(DefaultParamInitializer.BIAS_KEY),
        mask == null ? null : floats(mask));
  }

  private INDArray floats(INDArray array) {
    return array.castTo(dataType);
  }

  private boolean perOutputMask() {
    return stepMask != null && stepMask.rank() == 3;
  }

  private INDArray timeMajor(long size, ArrayType type, LayerWorkspaceMgr workspaces) {
    long rows = input.size(0);
    long steps = input.size(2);
    if (steps == 1) { // one array instead of an array and a view
      return workspaces.createUninitialized(type, dataType, new long[] {rows, size, 1}, 'c');
    }
    return Kernels.timeMajor(
        workspaces.createUninitialized(type, dataType, new long[] {steps, rows, size}, 'c'));
  }

  private void requireInput() {
    assertInputSet(false);
    if (input.rank() != 3 || input.size(1) != layerConf().getNIn()) {
      throw new DL4JInvalidInputException(
          "Output layer "
              + layerId()
              + ": input of shape "
              + Arrays.toString(input.shape())
              + ", but [batch, nIn = "
              + layerConf().getNIn()
              + ", time] was expected");
    }
  }

  private void requireLabels() {
    boolean ids = areIds(labels, layerConf().getNOut());
    long[] expected = {input.size(0), ids ? 1 : layerConf().getNOut(), input.size(2)};
    if (!Arrays.equals(labels.shape(), expected)) {
      throw new DL4JInvalidInputException(
          "Output layer "
              + layerId()
              + ": labels of shape "
              + Arrays.toString(labels.shape())
              + ", but [batch, nOut, time] = "
              + Arrays.toString(expected)
              + " was expected");
    }
    if (ids && !SoftmaxKernel.areClasses(floats(labels), layerConf().getNOut())) {
      throw new DL4JInvalidInputException(
          "Output layer "
              + layerId()
              + ": a label is no whole number from 0 to nOut - 1 = "
              + (layerConf().getNOut() - 1));
    }
  }
}
