package io.github.recurrentzoo.layers;

import io.github.recurrentzoo.layers.runtime.CrfRuntimeLayer;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The output layer of a linear-chain conditional random field, for one of C labels at each step of
 * a sequence: as a softmax at each step, but labels that follow each other are scored, too.
 *
 * <pre>
 * z_t  = x_t W + b
 * s(y) = start[y_1] + sum_t z_t[y_t] + sum_t transitions[y_t-1, y_t] + end[y_T]
 * loss = sum over the rows of  log sum_y' exp s(y')  -  s(y)
 * </pre>
 *
 * <ul>
 *   <li>Input [B, H, T]; labels [B, C, T], one-hot; mask of the labels [B, T] of 0 and 1. Steps
 *       with mask 0 are left out, wherever they stand; those beside them are neighbours then.
 *   <li>Output: z, [B, C, T], times the mask: scores, not probabilities. {@link LinearChainCrf#of}
 *       makes labels and probabilities of them.
 *   <li>Parameters: W [H, C] and b [1, C]; {@value #TRANSITIONS} [C, C], {@value #START} and
 *       {@value #END} [1, C], which begin with 0: at first it is a softmax at each step.
 * </ul>
 *
 * <p>Training takes B T C^2 more multiplications than softmax does. The loss function and the
 * activation of the configuration are Deeplearning4j's and not used: it asks each output layer for
 * them. Source: Lafferty, McCallum and Pereira, Conditional random fields, ICML 2001; above a
 * recurrent network, Huang, Xu and Yu, arXiv:1508.01991.
 */
public final class CrfOutputLayer extends BaseOutputLayer {

  private static final long serialVersionUID = 1L;

  /** Key of the scores of label i followed by label j. */
  public static final String TRANSITIONS = "T";

  /** Key of the scores of the first label. */
  public static final String START = "start";

  /** Key of the scores of the last label. */
  public static final String END = "end";

  /** For Jackson. */
  CrfOutputLayer() {}

  private CrfOutputLayer(Builder builder) {
    super(builder);
    initializeConstraints(builder);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray params,
      boolean initializeParams,
      DataType dataType) {
    LayerValidation.assertNInNOutSet("CrfOutputLayer", getLayerName(), index, getNIn(), getNOut());
    CrfRuntimeLayer layer = new CrfRuntimeLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(params);
    layer.setParamTable(initializer().init(conf, params, initializeParams));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return CrfParams.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    InputType.InputTypeRecurrent input = recurrent(inputType);
    return InputType.recurrent(getNOut(), input.getTimeSeriesLength(), RNNFormat.NCW);
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (getNIn() <= 0 || override) {
      setNIn(recurrent(inputType).getSize());
    }
  }

  private InputType.InputTypeRecurrent recurrent(InputType inputType) {
    if (inputType instanceof InputType.InputTypeRecurrent input
        && input.getFormat() != RNNFormat.NWC) {
      return input;
    }
    throw new IllegalStateException(
        "CrfOutputLayer \"%s\" reads sequences [batch, size, time], but its input is %s"
            .formatted(getLayerName(), inputType));
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(
        inputType, RNNFormat.NCW, getLayerName());
  }

  /** Options of {@link CrfOutputLayer}: sizes, dropout, updater and penalties as of any layer. */
  @SuppressWarnings("unchecked") // build() of Deeplearning4j's builders promises any layer type
  public static final class Builder extends BaseOutputLayer.Builder<Builder> {

    /** With the defaults of the network's global configuration. */
    public Builder() {
      setLossFn(LossFunction.MSE.getILossFunction());
      setActivationFn(new ActivationIdentity());
    }

    /**
     * Refuses all but the identity.
     *
     * @throws IllegalArgumentException if it is another one
     */
    @Override
    public Builder activation(Activation activation) {
      if (activation != Activation.IDENTITY) {
        throw new IllegalArgumentException(
            "A CrfOutputLayer gives scores without activation, but %s was set; leave it out"
                .formatted(activation));
      }
      return this;
    }

    @Override
    public CrfOutputLayer build() {
      return new CrfOutputLayer(this);
    }
  }
}
