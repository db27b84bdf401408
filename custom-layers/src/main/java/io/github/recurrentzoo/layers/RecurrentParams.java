package io.github.recurrentzoo.layers;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a {@link RecurrentSameDiffLayer} as Deeplearning4j asks for them. In the vector
 * of a network there are all weights, then all biases, each matrix row by row; with {@link
 * Direction#BOTH} those of the forward half come first in either part.
 */
final class RecurrentParams implements ParamInitializer {

  static final RecurrentParams INSTANCE = new RecurrentParams();

  private RecurrentParams() {}

  /** By their keys with prefix, in the order of the vector. */
  private static Map<String, CellParameter> params(Layer layer) {
    Map<String, CellParameter> params = new LinkedHashMap<>();
    for (boolean biases : new boolean[] {false, true}) {
      for (String prefix : ((RecurrentSameDiffLayer) layer).prefixes()) {
        for (CellParameter p : ((RecurrentSameDiffLayer) layer).parameters()) {
          if (p.isBias() == biases) {
            params.put(prefix + p.key(), p);
          }
        }
      }
    }
    return params;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return params(layer).values().stream().mapToLong(p -> p.rows() * p.columns()).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return new ArrayList<>(params(layer).keySet());
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(layer, false);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(layer, true);
  }

  private static List<String> keys(Layer layer, boolean biases) {
    List<String> keys = new ArrayList<>();
    params(layer)
        .forEach(
            (key, p) -> {
              if (p.isBias() == biases) {
                keys.add(key);
              }
            });
    return keys;
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    CellParameter p = params(layer).get(key);
    return p != null && !p.isBias();
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    CellParameter p = params(layer).get(key);
    return p != null && p.isBias();
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
    RecurrentSameDiffLayer layer = (RecurrentSameDiffLayer) conf.getLayer();
    Map<String, INDArray> views = views(layer, paramsView);
    if (initializeParams) {
      layer.initializeParameters(views);
    }
    views.keySet().forEach(conf::addVariable);
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views(conf.getLayer(), gradientView);
  }

  private static Map<String, INDArray> views(Layer layer, INDArray vector) {
    INDArray flat = vector.reshape(vector.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long start = 0;
    for (Map.Entry<String, CellParameter> entry : params(layer).entrySet()) {
      long rows = entry.getValue().rows();
      long columns = entry.getValue().columns();
      INDArray part = flat.get(interval(start, start + rows * columns));
      views.put(entry.getKey(), part.reshape('c', rows, columns));
      start += rows * columns;
    }
    return views;
  }
}
