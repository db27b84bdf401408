package io.github.recurrentzoo.layers;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An {@link Rrnn} as Deeplearning4j would have it: a SameDiffLayer with the same equations. */
final class SameDiffRrnn extends SameDiffLayer {

  private static final long serialVersionUID = 1L;

  private final Rrnn rrnn;

  SameDiffRrnn(Rrnn rrnn) {
    this.rrnn = rrnn;
    this.regularization = rrnn.getRegularization();
    this.regularizationBias = rrnn.getRegularizationBias();
    this.iDropout = rrnn.getIDropout();
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    for (CellParameter p : rrnn.parameters()) {
      if (p.isBias()) {
        params.addBiasParam(p.key(), p.rows(), p.columns());
      } else {
        params.addWeightParam(p.key(), p.rows(), p.columns());
      }
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    rrnn.initializeParameters(params);
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sameDiff,
      SDVariable layerInput,
      Map<String, SDVariable> paramTable,
      SDVariable mask) {
    return rrnn.define(sameDiff, layerInput, paramTable, mask, null).output();
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return rrnn.getOutputType(layerIndex, inputType);
  }
}
