package io.github.recurrentzoo.layers;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Map;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The first values of a recurrent layer's parameters: each [., H] block of a weight matrix is drawn
 * by itself with its own fan-in and fan-out, as if it were a matrix of its own.
 */
final class RecurrentInitializer {

  private final RecurrentSameDiffLayer conf;
  private final IWeightInit input;
  private final IWeightInit recurrent;

  RecurrentInitializer(RecurrentSameDiffLayer conf) {
    this.conf = conf;
    this.input = conf.getWeightInitFn();
    this.recurrent =
        conf.getRecurrentWeightInit() != null
            ? conf.getRecurrentWeightInit()
            : new OrthogonalInit();
  }

  void initialize(Map<String, INDArray> params, String prefix) {
    for (CellParameter p : conf.parameters()) {
      String key = prefix + p.key();
      switch (p.kind()) {
        case WEIGHT -> blocks(params, key, input);
        case RECURRENT_WEIGHT -> blocks(params, key, recurrent);
        case BIAS -> params.get(key).assign(conf.getBiasInit());
      }
    }
  }

  private void blocks(Map<String, INDArray> params, String key, IWeightInit byKind) {
    Map<String, IWeightInit> own = conf.getParamWeightInit();
    IWeightInit init = own != null && own.get(key) != null ? own.get(key) : byKind;
    INDArray matrix = params.get(key);
    long fanIn = matrix.rows();
    long fanOut = conf.getNOut();
    for (long column = 0; column < matrix.columns(); column += fanOut) {
      INDArray block = Nd4j.create(matrix.dataType(), fanIn * fanOut);
      INDArray values =
          init.init((double) fanIn, (double) fanOut, new long[] {fanIn, fanOut}, 'c', block);
      matrix.get(all(), interval(column, column + fanOut)).assign(values);
    }
  }
}
