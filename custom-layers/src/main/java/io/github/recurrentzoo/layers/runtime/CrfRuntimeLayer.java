package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.CrfOutputLayer;
import io.github.recurrentzoo.layers.kernel.CrfKernel;
import io.github.recurrentzoo.layers.kernel.CrfWeights;
import io.github.recurrentzoo.layers.kernel.Kernels;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link CrfOutputLayer} in a network. The scores are products of ND4J's, the sums over all
 * labellings are the {@link CrfKernel}'s, in double whatever the type of the network.
 */
public final class CrfRuntimeLayer extends BaseOutputLayer<CrfOutputLayer> {

  private static final long serialVersionUID = 1L;

  private transient INDArray stepMask; // as it was set: [B, T], or null

  /** Without parameters yet. */
  public CrfRuntimeLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /** The mask of the steps, [B, T], or null. */
  public INDArray stepMask() {
    return stepMask;
  }

  @Override
  public void setMaskArray(INDArray maskArray) {
    if (maskArray != null && maskArray.rank() != 2) {
      throw new DL4JInvalidInputException(
          "CRF layer %s: a labels mask [batch, time] was expected, but it is %s"
              .formatted(layerId(), Arrays.toString(maskArray.shape())));
    }
    super.setMaskArray(maskArray);
    stepMask = maskArray;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    return null; // nothing is above it
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    requireInput();
    applyDropOutIfNecessary(training, workspaces);
    INDArray scores = emissions(input); // [T*B, C]
    INDArray output =
        timeMajor(layerConf().getNOut(), ArrayType.ACTIVATIONS, workspaces); // [B, C, T]
    steps(output).assign(scores);
    release(scores);
    if (stepMask != null) {
      output.muli(stepMask.castTo(dataType).reshape(stepMask.size(0), 1, stepMask.size(1)));
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    requireInput();
    INDArray given = input;
    if (layerConf().getIDropout() != null) { // on a copy: the layer below goes back by what it gave
      INDArray copy = timeMajor(input.size(1), ArrayType.BP_WORKING_MEM, workspaces);
      input = copy.assign(input);
      applyDropOutIfNecessary(true, workspaces);
    }
    INDArray byInput = timeMajor(layerConf().getNIn(), ArrayType.ACTIVATION_GRAD, workspaces);
    step(input, labels, byInput);
    input = given;
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient.gradientForVariable()::put);
    return new Pair<>(gradient, backpropDropOutIfPresent(byInput));
  }

  /**
   * The loss and its gradients.
   *
   * @param x [B, H, T]
   * @param y labels, [B, C, T]
   * @param byInput written: the gradient by x
   * @return the loss, a sum over the rows
   */
  public double step(INDArray x, INDArray y, INDArray byInput) {
    INDArray scores = emissions(x);
    CrfRows rows = CrfRows.of(scores, y, stepMask, layerId());
    CrfKernel.Gradients found = kernel().gradients(rows.scores(), rows.paths());
    release(scores);
    INDArray delta = rows.scattered(found.scores()).castTo(dataType); // [T*B, C]
    INDArray lines = steps(x);
    Nd4j.gemm(lines, delta, gradient(DefaultParamInitializer.WEIGHT_KEY), true, false, 1, 0);
    if (hasBias()) {
      delta.sum(gradient(DefaultParamInitializer.BIAS_KEY), 0);
    }
    INDArray product = delta.mmul(getParam(DefaultParamInitializer.WEIGHT_KEY).transpose());
    steps(byInput).assign(product);
    release(product);
    release(delta);
    write(found.weights());
    return found.loss();
  }

  private INDArray gradient(String key) {
    return gradientViews.get(key);
  }

  private void write(CrfWeights weights) {
    gradient(CrfOutputLayer.TRANSITIONS).assign(Nd4j.createFromArray(weights.transitions()));
    gradient(CrfOutputLayer.START).assign(Nd4j.createFromArray(weights.start()));
    gradient(CrfOutputLayer.END).assign(Nd4j.createFromArray(weights.end()));
  }

  /** x W + b, [T*B, C]. */
  private INDArray emissions(INDArray x) {
    INDArray z = steps(x).mmul(getParam(DefaultParamInitializer.WEIGHT_KEY));
    return hasBias() ? z.addiRowVector(getParam(DefaultParamInitializer.BIAS_KEY)) : z;
  }

  /** [B, S, T] as [T*B, S]; a view of time-major memory. */
  private INDArray steps(INDArray array) {
    return array
        .castTo(dataType)
        .permute(2, 0, 1)
        .reshape('c', array.size(2) * array.size(0), array.size(1));
  }

  private CrfKernel kernel() {
    Map<String, INDArray> table = paramTable();
    int count = (int) layerConf().getNOut();
    double[] flat = numbers(table.get(CrfOutputLayer.TRANSITIONS));
    double[][] transitions = new double[count][];
    for (int i = 0; i < count; i++) {
      transitions[i] = Arrays.copyOfRange(flat, i * count, (i + 1) * count);
    }
    return new CrfKernel(
        new CrfWeights(
            transitions,
            numbers(table.get(CrfOutputLayer.START)),
            numbers(table.get(CrfOutputLayer.END))));
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  @Override
  public double computeScore(double penalties, boolean training, LayerWorkspaceMgr workspaces) {
    double loss = Arrays.stream(losses()).sum();
    score = (conf().isMiniBatch() ? loss / getInputMiniBatchSize() : loss) + penalties;
    return score;
  }

  @Override
  public INDArray computeScoreForExamples(double penalties, LayerWorkspaceMgr workspaces) {
    double[] losses = losses();
    INDArray scores = Nd4j.createFromArray(losses).reshape(losses.length, 1).castTo(dataType);
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, scores.addi(penalties));
  }

  /** The loss of each row. */
  private double[] losses() {
    if (input == null || labels == null) {
      throw new IllegalStateException(
          "Cannot calculate score without input and labels " + layerId());
    }
    requireInput();
    INDArray scores = emissions(input);
    CrfRows rows = CrfRows.of(scores, labels, stepMask, layerId());
    release(scores);
    CrfKernel kernel = kernel();
    double[] losses = new double[rows.paths().length];
    for (int b = 0; b < losses.length; b++) {
      if (rows.paths()[b].length > 0) {
        losses[b] =
            kernel.expectations(rows.scores()[b]).logPartition()
                - kernel.weights().score(rows.scores()[b], rows.paths()[b]);
      }
    }
    return losses;
  }

  @Override
  public void computeGradientAndScore(LayerWorkspaceMgr workspaces) {
    gradient = backpropGradient(null, workspaces).getFirst();
    score = computeScore(0, true, workspaces);
  }

  @Override
  protected INDArray getLabels2d(LayerWorkspaceMgr workspaces, ArrayType type) {
    return steps(labels);
  }

  private INDArray timeMajor(long size, ArrayType type, LayerWorkspaceMgr workspaces) {
    return Kernels.timeMajor(
        workspaces.createUninitialized(
            type, dataType, new long[] {input.size(2), input.size(0), size}, 'c'));
  }

  private static void release(INDArray array) {
    if (array.closeable()) {
      array.close();
    }
  }

  private void requireInput() {
    assertInputSet(false);
    if (input.rank() != 3 || input.size(1) != layerConf().getNIn()) {
      throw new DL4JInvalidInputException(
          "CRF layer %s: input of shape %s, but [batch, nIn = %d, time] was expected"
              .formatted(layerId(), Arrays.toString(input.shape()), layerConf().getNIn()));
    }
  }
}
