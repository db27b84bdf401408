package io.github.recurrentzoo.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a {@link CrfOutputLayer}: W [H, C] and b [1, C] as other output layers have
 * them, then transitions [C, C], start [1, C] and end [1, C], which begin with 0. Penalties (L1,
 * L2) are those of biases.
 */
final class CrfParams extends DefaultParamInitializer {

  static final CrfParams INSTANCE = new CrfParams();

  private static final List<String> OWN =
      List.of(CrfOutputLayer.TRANSITIONS, CrfOutputLayer.START, CrfOutputLayer.END);

  private CrfParams() {}

  @Override
  public long numParams(Layer layer) {
    long labels = ((FeedForwardLayer) layer).getNOut();
    return super.numParams(layer) + labels * labels + 2 * labels;
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    List<String> keys = new ArrayList<>(super.biasKeys(layer));
    keys.addAll(OWN);
    return keys;
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return super.isBiasParam(layer, key) || OWN.contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray view, boolean initializeParams) {
    Map<String, INDArray> params = super.init(conf, view, initializeParams);
    putOwn(params, (FeedForwardLayer) conf.getLayer(), view);
    for (String key : OWN) {
      conf.addVariable(key);
      if (initializeParams) {
        params.get(key).assign(0);
      }
    }
    return params;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray view) {
    Map<String, INDArray> gradients = super.getGradientsFromFlattened(conf, view);
    putOwn(gradients, (FeedForwardLayer) conf.getLayer(), view);
    return gradients;
  }

  private void putOwn(Map<String, INDArray> params, FeedForwardLayer layer, INDArray view) {
    INDArray row = view.reshape(view.length());
    long labels = layer.getNOut();
    long at = super.numParams(layer);
    for (String key : OWN) {
      long rows = key.equals(CrfOutputLayer.TRANSITIONS) ? labels : 1;
      long end = at + rows * labels;
      params.put(key, row.get(NDArrayIndex.interval(at, end)).reshape('c', rows, labels));
      at = end;
    }
  }
}
